-- Work on a target that failed for no reason outside. It is put off with the target, so that it holds up no other one.
create table setback (
  target integer not null references target (id),
  work text not null check (work in ('merge', 'mapping', 'deletion', 'plans')),
  failures integer not null,
  at timestamptz not null,
  retry_at timestamptz not null,
  primary key (target, work)
);
