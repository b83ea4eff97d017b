-- Questions about one device or user, until a worker takes them or nobody waits any more.
create table question (
  id uuid primary key,
  body jsonb not null,
  expires_at timestamptz not null
);
