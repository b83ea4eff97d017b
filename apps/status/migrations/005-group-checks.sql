-- What the directory says of a mapped group, whether or not anything is written to it.
create table group_check (
  target text primary key,
  due_at timestamptz not null,
  checked_at timestamptz,
  -- not found by the last check; the next one decides
  absent boolean not null default false,
  problem jsonb
);
