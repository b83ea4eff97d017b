-- Questions about one device or user to the site and the directory, with what they answered.
create table look_up (
  id uuid primary key,
  target text not null,
  collection text not null,
  collection_type text not null,
  name text,
  resource bigint,
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  site jsonb,
  directory jsonb
);
create index look_up_asked on look_up (asked_at);
