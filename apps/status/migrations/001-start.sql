-- What status owns: mappings, the switch of a tenant, commands, the audit log.

create table tenant (
  tenant text primary key,
  enabled boolean not null default true,
  changed_at timestamptz not null default now(),
  changed_by text not null default ''
);

create table mapping (
  target text primary key,
  tenant text not null,
  group_id text not null,
  group_name text not null,
  collection text not null,
  collection_name text not null default '',
  collection_type text not null,
  state text not null check (state in ('active', 'paused', 'deleting', 'deleted')),
  paused_by text check (paused_by in ('operator', 'tenant')),
  on_delete text check (on_delete in ('leave', 'remove')),
  policy jsonb not null,
  schedule jsonb not null,
  version bigint not null,
  activated bigint not null,
  changed_at timestamptz not null,
  changed_by text not null default '',
  published_at timestamptz not null default now()
);
create index mapping_collection on mapping (collection);
create index mapping_tenant on mapping (tenant);
create index mapping_published_at on mapping (published_at);

create table command (
  id uuid primary key,
  kind text not null,
  target text not null,
  collection text,
  plan uuid,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  issued_by text not null,
  answered_at timestamptz,
  accepted boolean,
  message text
);
create index command_target on command (target, issued_at desc);
create index command_issued_at on command (issued_at);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  role text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_subject on audit (subject, id desc);
create index audit_actor on audit (actor, id desc);
create index audit_at on audit (at);

-- Projections: dropped and rebuilt at will, from compacted topics and from reports of the writer.

create table collection (
  collection text primary key,
  site text not null,
  name text not null,
  type text not null,
  comment text not null,
  count bigint not null,
  state text not null,
  version bigint not null,
  changed_at timestamptz,
  checked_at timestamptz not null,
  last_read jsonb,
  last_complete jsonb,
  product_relations jsonb not null,
  number bigint not null
);
create index collection_relations on collection (collection) where product_relations <> '[]';

create table upstream (
  kind text not null,
  name text not null,
  state text not null,
  code text,
  reason text,
  progress jsonb,
  since timestamptz not null,
  checked_at timestamptz not null,
  figures jsonb not null,
  number bigint not null,
  primary key (kind, name)
);

-- What the writer and capture told about a target. Numbers are those of the streams; a late older record is told by them.
create table target (
  no integer generated always as identity unique,
  target text primary key,
  -- membership-result
  result_number bigint not null default 0,
  result_collection text,
  result_activated bigint not null default 0,
  result_merged bigint not null default 0,
  gap boolean not null default false,
  reports_asked integer not null default 0,
  report_asked_at timestamptz,
  snapshot_id uuid,
  snapshot_next integer,
  told_at timestamptz,
  -- run
  writer_number bigint not null default 0,
  capture_number bigint not null default 0,
  merged_number bigint not null default 0,
  merged_collection text,
  merged_activated bigint not null default 0,
  merged_version bigint not null default 0,
  merged_at timestamptz,
  merged_read_at timestamptz,
  merged_pending bigint not null default 0,
  run uuid,
  run_kind text,
  ended_number bigint not null default 0,
  ended_activated bigint not null default 0,
  ended_kind text,
  ended_at timestamptz,
  group_failure jsonb,
  capture_failure jsonb,
  applied_at timestamptz
);

-- One row per wanted resource, and one per object that is still to be removed. `key` is the resource's id, or the object's.
create table member (
  target_no integer not null,
  key text collate "C" not null,
  resource bigint,
  object text,
  name text not null,
  -- the name in lower case, in the order of its code points: the same on every server
  sort text collate "C" not null,
  state text not null,
  wanted boolean not null,
  code text,
  message text,
  attempts integer not null,
  request_id text,
  plan text,
  at timestamptz not null,
  primary key (target_no, key)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
create index member_state on member (target_no, state, sort, key);
create index member_name on member (target_no, sort, key);
create index member_object on member (target_no, object);
create index member_plan on member (target_no, plan) where plan is not null;

-- Kept by the triggers below, so that counting never reads members.
create table member_count (
  target_no integer not null,
  wanted boolean not null,
  state text not null,
  code text not null,
  n bigint not null,
  primary key (target_no, wanted, state, code)
) with (fillfactor = 50);

create function count_new_members() returns trigger language plpgsql as $$
begin
  insert into member_count as c (target_no, wanted, state, code, n)
  select target_no, wanted, state, coalesce(code, ''), count(*) from new_rows group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (target_no, wanted, state, code) do update set n = c.n + excluded.n;
  return null;
end $$;

create function count_old_members() returns trigger language plpgsql as $$
begin
  update member_count c set n = c.n - gone.n
  from (select target_no, wanted, state, coalesce(code, '') as code, count(*) as n from old_rows group by 1, 2, 3, 4) gone
  where c.target_no = gone.target_no and c.wanted = gone.wanted and c.state = gone.state and c.code = gone.code;
  return null;
end $$;

create function count_changed_members() returns trigger language plpgsql as $$
begin
  insert into member_count as c (target_no, wanted, state, code, n)
  select target_no, wanted, state, code, sum(n) from (
    select target_no, wanted, state, coalesce(code, '') as code, count(*) as n from new_rows group by 1, 2, 3, 4
    union all
    select target_no, wanted, state, coalesce(code, ''), -count(*) from old_rows group by 1, 2, 3, 4
  ) changes
  group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
  on conflict (target_no, wanted, state, code) do update set n = c.n + excluded.n;
  return null;
end $$;

create trigger member_inserted after insert on member
  referencing new table as new_rows for each statement execute function count_new_members();
create trigger member_deleted after delete on member
  referencing old table as old_rows for each statement execute function count_old_members();
create trigger member_updated after update on member
  referencing old table as old_rows new table as new_rows for each statement execute function count_changed_members();

-- What the parts of an open snapshot named; what they do not name is gone at its end.
create table snapshot_part (
  target_no integer not null,
  part bigint not null,
  keys text[] not null,
  primary key (target_no, part)
);

create table run (
  id uuid primary key,
  target text not null,
  collection text not null,
  activated bigint not null,
  kind text not null,
  trigger text,
  state text not null check (state in ('running', 'completed', 'failed', 'cancelled')),
  started_at timestamptz not null,
  ended_at timestamptz,
  adds bigint,
  removes bigint,
  guard jsonb,
  counts jsonb,
  members bigint,
  failure jsonb,
  why text,
  proof jsonb,
  read_at timestamptz,
  number bigint not null
);
create index run_target on run (target, started_at desc, id);
create index run_started_at on run (started_at desc, id);

create table run_event (
  target text not null,
  producer text not null,
  number bigint not null,
  run uuid,
  event text not null,
  at timestamptz not null,
  body jsonb not null,
  primary key (target, producer, number)
);
create index run_event_run on run_event (run, number) where run is not null;
create index run_event_at on run_event (at);

create table plan (
  id uuid primary key,
  target text not null,
  collection text not null,
  run uuid,
  removals bigint not null,
  guard jsonb not null,
  held_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('open', 'approved', 'rejected', 'expired', 'emptied')),
  closed_at timestamptz,
  closed_by text
);
create index plan_target on plan (target, held_at desc, id);
create index plan_state on plan (state, held_at desc, id);

create table preview (
  command uuid primary key,
  target text not null,
  collection text not null,
  at timestamptz not null,
  adds bigint not null,
  removes bigint not null,
  keeps bigint not null,
  unresolved bigint not null,
  would_hold boolean not null,
  last_part integer
);
create table preview_member (
  command uuid not null references preview on delete cascade,
  part integer not null,
  key text collate "C" not null,
  resource bigint,
  object text,
  name text not null,
  sort text collate "C" not null,
  change text not null check (change in ('add', 'remove', 'keep', 'unresolved')),
  code text,
  primary key (command, key)
);
create index preview_member_change on preview_member (command, change, sort, key);

create table dead_letter (
  topic text not null,
  partition integer not null,
  "offset" text not null,
  consumer text not null,
  key text not null,
  code text not null,
  why text not null,
  at timestamptz not null,
  headers jsonb not null,
  body text not null,
  cut boolean not null,
  primary key (topic, partition, "offset", consumer)
);
create index dead_letter_at on dead_letter (at desc);

-- One row per collection and target (target '' for a collection without one): the page that operators look at most, ready to be read.
create table overview (
  collection text collate "C" not null,
  target text collate "C" not null,
  tenant text,
  group_id text,
  group_name text,
  group_sort text collate "C" not null default '',
  collection_name text not null,
  collection_sort text collate "C" not null,
  collection_type text not null,
  word text,
  -- the word stands whatever the age of the last check
  urgent boolean not null default false,
  checked_at timestamptz,
  stale_after interval,
  site text,
  member_count bigint not null,
  completed bigint not null default 0,
  in_progress bigint not null default 0,
  failed bigint not null default 0,
  held bigint not null default 0,
  left_out bigint not null default 0,
  last_full_members bigint,
  last_full_status text,
  last_full_at timestamptz,
  last_sync_members bigint,
  last_sync_status text,
  last_sync_at timestamptz,
  captured_at timestamptz,
  merged_at timestamptz,
  applied_at timestamptz,
  primary key (collection, target)
) with (fillfactor = 70);
create index overview_name on overview (collection_sort, collection, target);
create index overview_group on overview (group_sort, collection, target);
create index overview_word on overview (word, collection_sort, collection, target);
create index overview_members on overview (member_count, collection, target);
create index overview_failed on overview (failed, collection, target);
create index overview_target on overview (target) where target <> '';

-- What changed lately, for server-sent events; kept for minutes.
create table change (
  no bigint generated always as identity primary key,
  kind text not null,
  key text not null,
  at timestamptz not null default now()
);
create index change_at on change (at);
