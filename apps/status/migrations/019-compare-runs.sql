-- When the next comparison of a mapping with times for them is due; as full_run_due.
create table compare_run_due (
  target text primary key,
  times jsonb not null,
  due_at timestamptz not null
);
