-- When the next full run of a mapping with times for them is due.
create table full_run_due (
  target text primary key,
  -- what the time was reckoned from
  times jsonb not null,
  due_at timestamptz not null
);
