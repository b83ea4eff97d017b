-- A stamp that lies in the future says that the clock has gone back: what is reckoned from it is due now.
create function is_due(stamp timestamptz, after interval) returns boolean language sql volatile as $$
  select stamp is null or stamp + after <= clock_timestamp() or stamp > clock_timestamp()
$$;

-- The site that this database belongs to: one row.
create table site (
  only_one boolean primary key default true check (only_one),
  code text,
  state text not null default 'loading',
  error_code text,
  reason text,
  since timestamptz not null default clock_timestamp(),
  checked_at timestamptz,
  listed_at timestamptz,
  collections integer not null default 0,
  relations_at timestamptz,
  looked_at timestamptz,
  scanned_at timestamptz,
  scanned_daily_at timestamptz,
  number bigint not null default 0,
  event_at timestamptz
);
insert into site default values;

-- How many rows may still be asked of the site; negative while it rests.
create table row_budget (
  only_one boolean primary key default true check (only_one),
  rows_left double precision not null,
  at timestamptz not null
);

create table collection (
  id text primary key,
  site text not null default '',
  name text not null default '',
  type text not null,
  comment text not null default '',
  listed boolean not null default false,
  count integer not null default 0,
  changed_at timestamptz,
  state text not null default 'ok',
  missing_listings integer not null default 0,
  product_relations jsonb not null default '[]',
  version bigint not null default 0,
  published bigint not null default 0,
  read_no bigint not null default 0,
  committed_read bigint not null default 0,
  complete_read bigint not null default 0,
  seen_changed_at timestamptz,
  seen_count integer,
  last_read jsonb,
  last_complete jsonb,
  asked bigint not null default 0,
  read_asked bigint not null default 0,
  complete_asked bigint not null default 0,
  read_at timestamptz,
  attempts integer not null default 0,
  retry_at timestamptz,
  claim uuid,
  claimed_at timestamptz,
  hold_until timestamptz,
  failures integer not null default 0,
  number bigint not null default 0,
  event_at timestamptz
);

create table resource (
  id bigint primary key,
  kind text not null,
  name text not null,
  device_id uuid,
  tenant_id uuid,
  user_id uuid,
  sid text,
  upn text,
  looked_at timestamptz
);
create index resource_device on resource (device_id) where device_id is not null;
create index resource_user on resource (user_id) where user_id is not null;
create index resource_sid on resource (sid) where sid is not null;
create index resource_upn on resource (lower(upn)) where upn is not null;
create index resource_without_identity on resource (id)
  where device_id is null and user_id is null and sid is null and upn is null and kind in ('device', 'user');

-- What each collection contains. A row that is not present is a tombstone, kept until its version is published.
create table membership (
  collection text not null,
  resource bigint not null,
  present boolean not null,
  version bigint not null,
  primary key (collection, resource)
);
create index membership_version on membership (collection, version, resource);
create index membership_resource on membership (resource);
create index membership_tombstone on membership (collection, version) where not present;

-- Rows of a read under way; a crash of the server empties it, which the count in the commit notices.
create unlogged table stage (
  collection text not null,
  read_no bigint not null,
  resource bigint not null,
  kind text not null,
  name text not null
);
create index stage_read on stage (collection, read_no, resource);

create table target (
  target text primary key,
  tenant uuid not null,
  group_id uuid not null,
  collection text not null references collection,
  collection_type text not null,
  state text not null,
  mapping_version bigint not null,
  activated bigint not null,
  every_seconds integer,
  cron text,
  time_zone text,
  cron_from timestamptz,
  cron_next timestamptz,
  full_reason text,
  full_asked bigint not null default 0,
  full_sent boolean not null default false,
  owed bigint not null default 1,
  served bigint not null default 0,
  sent bigint,
  merged bigint not null default 0,
  behind_since timestamptz,
  resends integer not null default 0,
  last_complete_at timestamptz,
  last_complete_no bigint not null default 0,
  failed_why text,
  number bigint not null default 0
);
create index target_collection on target (collection);
create index target_tenant on target (tenant);

create table tenant (
  tenant uuid primary key,
  state text not null,
  since timestamptz not null,
  number bigint not null
);

-- Transfers sent, in the order in which they were begun, so that late answers can be told from new ones.
create table transfer (
  id uuid not null,
  target text not null,
  no bigint generated always as identity,
  created_at timestamptz not null default clock_timestamp(),
  primary key (id, target)
);
create index transfer_age on transfer (created_at);

create table command_seen (
  id uuid primary key,
  expires_at timestamptz not null
);

create table command (
  id uuid primary key,
  kind text not null,
  target text not null,
  tenant uuid not null,
  group_id uuid not null,
  collection text,
  collection_type text,
  expires_at timestamptz not null,
  state text not null default 'new',
  asked bigint,
  base bigint,
  failed_why text,
  created_at timestamptz not null default clock_timestamp()
);
create index command_collection on command (collection) where state = 'waiting';

-- Identities whose directory object changed, until the rows that name them are stamped.
create table identity_change (
  id bigint generated always as identity primary key,
  tenant uuid not null,
  device_id uuid,
  user_id uuid,
  sid text,
  upn text
);

-- Whether a mapping starts its target anew.
create function anew(before target, after target) returns boolean language sql immutable as $$
  select before.activated <> after.activated or before.collection <> after.collection
$$;
