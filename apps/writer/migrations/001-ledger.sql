-- One row per group that was ever named; it stays when its mapping goes, for the numbers and what left in the last 24 hours.
create table target (
  id integer generated always as identity primary key,
  target text not null unique,
  tenant text not null,
  group_id text not null,
  collection text,
  collection_type text,
  state text not null default 'unmapped' check (state in ('unmapped', 'active', 'paused', 'deleting', 'deleted')),
  on_delete text,
  policy jsonb not null default '{}',
  mapping_version bigint not null default 0,
  activated bigint not null default 0,
  -- fences every write of a run; grows with every claim and every stop
  epoch bigint not null default 0,
  -- version of the content merged last; 0 for none
  merged bigint not null default 0,
  -- the `activated` whose complete content was merged; no run before it is the present one
  complete_for bigint not null default 0,
  -- what is to be run, from when on, why, and when that was reckoned
  due text check (due in ('full', 'incremental')),
  due_at timestamptz,
  due_set_at timestamptz,
  due_trigger text,
  -- the group as a whole was refused this many times in a row
  refusals integer not null default 0,
  -- nothing of a deleted mapping is left to do
  released boolean not null default false,
  result_no bigint not null default 0,
  run_no bigint not null default 0
);
create index target_due on target (due_at) where due is not null;

-- Why full runs were asked for: asked while run is null, under way while not done, then done and never again.
create table full_reason (
  target integer not null references target,
  reason text not null,
  run uuid,
  done_at timestamptz,
  primary key (target, reason)
);

create table run (
  id uuid primary key,
  target integer not null references target,
  epoch bigint not null,
  kind text not null check (kind in ('full', 'incremental')),
  trigger text not null,
  collection text not null,
  activated bigint not null,
  phase text not null default 'claimed' check (phase in ('claimed', 'reading', 'applying')),
  started_at timestamptz not null default clock_timestamp(),
  heartbeat_at timestamptz not null default clock_timestamp(),
  -- set before the first page of a listing is asked for
  listed_from timestamptz,
  ended_at timestamptz,
  ending text,
  guard jsonb,
  planned integer not null default 0,
  joined integer not null default 0,
  applied integer not null default 0,
  removed integer not null default 0,
  failed integer not null default 0,
  held integer not null default 0,
  superseded integer not null default 0,
  unanswered integer not null default 0,
  not_needed integer not null default 0,
  stopped integer not null default 0,
  requests integer not null default 0,
  writes integer not null default 0,
  throttled integer not null default 0
);
create unique index run_open on run (target) where ended_at is null;
create index run_ended on run (ended_at);

-- Transfers being staged; the key is text since content may arrive before its mapping, and a preview needs none.
create table transfer (
  target text not null,
  transfer uuid not null,
  arrived bigint generated always as identity,
  mode text not null,
  content text not null,
  collection text not null,
  collection_type text not null,
  activated bigint not null,
  from_version bigint not null,
  to_version bigint not null,
  reason text,
  read_at timestamptz not null,
  last_chunk integer,
  have integer not null default 0,
  ready boolean generated always as (coalesce(have = last_chunk + 1, false)) stored,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (target, transfer)
);
create index transfer_ready on transfer (target, arrived) where ready;
create index transfer_age on transfer (created_at);

create table stage_chunk (
  target text not null,
  transfer uuid not null,
  chunk integer not null,
  body jsonb not null,
  primary key (target, transfer, chunk)
);

-- What the collection wants, by resource.
create table member (
  target integer not null references target,
  resource bigint not null,
  kind text not null,
  name text not null,
  object uuid,
  reason text,
  primary key (target, resource)
);
create index member_object on member (target, object) where object is not null;

-- What that means for the group, by object.
create table entry (
  target integer not null references target,
  object uuid not null,
  wanted boolean not null,
  applied boolean not null,
  -- a call may have done something that its answer did not tell: asked again even when wanted = applied
  unsure boolean not null default false,
  -- may be bound with this many others in one PATCH; 1 goes out as a request of its own
  bind smallint not null default 20,
  -- found by a full run, never wanted by the collection
  stranger boolean not null default false,
  found_by uuid,
  -- when our own call last settled the state
  written_at timestamptz,
  attempts integer not null default 0,
  code text,
  message text,
  request_id text,
  failed_at timestamptz,
  retry_at timestamptz,
  -- the run that counts it as failed
  failed_in uuid,
  second_look_at timestamptz,
  second_look_set_at timestamptz,
  -- a removal that an operator approved
  approved boolean not null default false,
  -- held, rejected or expired as a part of this plan
  plan uuid,
  -- who wanted it last
  resource bigint,
  name text,
  primary key (target, object)
) with (fillfactor = 80);
create index entry_pending on entry (target, object)
  where (wanted <> applied or unsure) and plan is null and retry_at is null;
create index entry_retry on entry (target, retry_at) where retry_at is not null;
create index entry_second_look on entry (target, second_look_at) where second_look_at is not null;
create index entry_plan on entry (plan) where plan is not null;
create index entry_settled on entry (written_at) where not wanted and not applied;

-- A request to Graph that a run was about to send, until its answers are stored. An object is under way while a call names it.
create table call (
  target integer not null references target,
  epoch bigint not null,
  no bigint generated always as identity,
  run uuid not null,
  operations jsonb not null,
  sent_at timestamptz not null default clock_timestamp(),
  primary key (target, epoch, no)
);

-- The members of a group as a listing told them, until compared.
create table page (
  run uuid not null,
  object uuid not null,
  name text,
  primary key (run, object)
);

-- What left a group without approval, for the guard's 24 hours.
create table departure (
  target integer not null references target,
  object uuid not null,
  at timestamptz not null default clock_timestamp()
);
create index departure_at on departure (target, at);

create table plan (
  id uuid primary key,
  target integer not null references target,
  run uuid,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'emptied')),
  removals integer not null,
  guard jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_by text
);
create index plan_open on plan (expires_at) where state = 'open';
create index plan_target on plan (target);

create table command (
  id uuid primary key,
  target text not null,
  kind text not null,
  collection text,
  plan uuid,
  by text not null,
  expires_at timestamptz not null,
  arrived bigint generated always as identity,
  stored_at timestamptz not null default now(),
  acted_at timestamptz
);
create index command_open on command (arrived) where acted_at is null;

-- The write budget of each tenant as last published.
create table upstream (
  tenant text primary key,
  state text not null,
  code text,
  reason text,
  since timestamptz not null,
  published_at timestamptz,
  number bigint not null default 0
);
