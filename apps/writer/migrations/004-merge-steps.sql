-- A large transfer is merged in steps, each a transaction: where it is, when its last step was, and the telling of all members that its
-- steps are parts of.
alter table transfer add column next_chunk integer not null default 0;
alter table transfer add column stepped_at timestamptz;
alter table transfer add column snapshot uuid;
alter table transfer add column snapshot_part integer not null default 0;
create index transfer_turn on transfer ((coalesce(stepped_at, created_at))) where ready and mode <> 'preview';

-- Objects that a resource left by the transfer being merged, and who wanted them last: they may become unwanted at its end.
create table parting (
  target integer not null references target,
  object uuid not null,
  resource bigint not null,
  name text not null,
  primary key (target, object)
);

-- How many rows a target or a listing has says nothing of the next one. Statistics from before it was filled say that it has none, and the
-- planner joins accordingly: every row with every other. Without statistics it reckons with a share of the table as it is now. Setting the
-- type drops those that were gathered before.
alter table member alter column target type integer, alter column target set statistics 0;
alter table entry alter column target type integer, alter column target set statistics 0;
alter table departure alter column target type integer, alter column target set statistics 0;
alter table parting alter column target set statistics 0;
alter table late_joiner alter column target type integer, alter column target set statistics 0;
alter table page alter column run type uuid, alter column run set statistics 0;
