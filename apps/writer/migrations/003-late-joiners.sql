-- members that had no directory object when they were wanted first, until they are in the group
create table late_joiner (
  target integer not null references target (id) on delete cascade,
  object uuid not null,
  appeared_at timestamptz not null,
  primary key (target, object)
);
