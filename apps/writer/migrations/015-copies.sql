-- A delta of Microsoft Graph that follows the members of some groups of one tenant.
create table group_feed (
  id integer generated always as identity primary key,
  tenant text not null,
  -- where to read on; null at the beginning of a pass
  link text,
  -- all members are being read, not changes
  passing boolean not null default true,
  pass integer not null default 1,
  -- begin of the round under way, and of the last one that came to its end: its copies are as of then
  round_at timestamptz,
  as_of timestamptz,
  next_at timestamptz not null default now(),
  claim uuid,
  claimed_until timestamptz,
  -- what failed last
  code text
);
create index group_feed_next on group_feed (next_at);

-- The members of a mapped group as a delta tells them.
create table group_copy (
  target integer primary key references target,
  feed integer not null references group_feed,
  state text not null default 'reading' check (state in ('reading', 'ready', 'lost')),
  -- the pass that named the group last; what none names has no copy
  named_in integer not null default 0,
  lost_at timestamptz,
  why text,
  -- changed since what others changed was counted
  touched boolean not null default true,
  unmanaged integer,
  missing integer,
  -- the next check against a listing, the one under way, and what the last one found different
  check_at timestamptz,
  checking uuid,
  doubts uuid[] not null default '{}'
);
create index group_copy_feed on group_copy (feed);
create index group_copy_check on group_copy (check_at) where state = 'ready';
create index group_copy_checking on group_copy (checking) where checking is not null;

create table copied_member (
  target integer not null,
  object uuid not null,
  object_type text,
  pass integer not null,
  primary key (target, object)
);

-- Full runs that are to list the group, by the reason that asks for them.
create table asked_listing (
  target integer not null references target,
  reason text not null,
  asked_at timestamptz not null default now(),
  primary key (target, reason)
);
