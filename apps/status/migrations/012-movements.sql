-- Who joined, left or failed, and when: what a run names, and what is left of a member that is gone. `number` is that of the writer's record, a
-- time in milliseconds. Written once, dropped with its run.
create table movement (
  target_no integer not null,
  number bigint not null,
  key text collate "C" not null,
  change text not null check (change in ('joined', 'left', 'failed')),
  resource bigint,
  object text,
  name text not null,
  sort text collate "C" not null,
  code text,
  primary key (target_no, number, key, change)
);
alter table movement alter column target_no set statistics 0;
create index movement_name on movement (target_no, sort, number desc);
create index movement_number on movement using brin (number);

-- A device or user over all groups, by the begin of its name.
create index member_everywhere on member (sort, target_no, key);
