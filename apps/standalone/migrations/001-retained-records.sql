create table retained_record (
  topic text not null,
  key text not null,
  headers jsonb not null,
  value text not null,
  primary key (topic, key)
);
