-- What the directory of a tenant was last seen to hold. One row an object; a deleted one stays for a while, to say so.
create table directory_object (
  tenant uuid not null,
  object_id uuid not null,
  kind text not null check (kind in ('device', 'user')),
  device_id uuid,
  -- upper case
  sid text collate "C",
  -- lower case
  upn text collate "C",
  enabled boolean not null default true,
  trust text,
  -- the full pass that showed it last
  pass bigint not null,
  deleted_at timestamptz,
  -- no later than when it came into its present form; null for what the first pass found
  appeared_at timestamptz,
  primary key (tenant, object_id)
) with (fillfactor = 90);

-- not unique: that several objects answer to one id is a reason to tell, not an error
create index directory_object_device on directory_object (tenant, device_id) where device_id is not null;
create index directory_object_sid on directory_object (tenant, sid) where sid is not null;
create index directory_object_upn on directory_object (tenant, upn) where upn is not null;
create index directory_object_deleted on directory_object (deleted_at) where deleted_at is not null;

-- How far the mirror of one kind is fed.
create table feed (
  tenant uuid not null,
  kind text not null check (kind in ('device', 'user')),
  -- 'pass' reads everything, 'sweep' marks what a pass did not show, 'delta' follows the changes
  phase text not null default 'pass' check (phase in ('pass', 'sweep', 'delta')),
  -- where to read on; null for the begin of a pass
  link text,
  -- the properties that the link tracks
  selected text not null default '',
  pass bigint not null default 1,
  -- grows with every replica that takes over; a page of an older one is refused
  feed_no bigint not null default 0,
  -- a pass has been completed: the mirror may be resolved from
  ready boolean not null default false,
  ready_since timestamptz,
  -- objects told by the pass under way, and objects in the mirror
  done bigint not null default 0,
  objects bigint not null default 0,
  next_at timestamptz not null default now(),
  checked_at timestamptz,
  failed_since timestamptz,
  code text,
  reason text,
  primary key (tenant, kind)
);

-- What was last told of a tenant's mirror; its row lock orders everything that is told about the tenant.
create table directory (
  tenant uuid primary key,
  state text not null default '',
  since timestamptz not null default now(),
  number bigint not null default 0,
  ready_kinds text[] not null default '{}',
  code text,
  reason text,
  told_at timestamptz
);
