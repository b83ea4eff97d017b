-- Whom a member may mean whose identity fits several objects: whoever of them is in the group stays.
create table candidate (
  target integer not null references target,
  resource bigint not null,
  object uuid not null,
  primary key (target, resource, object)
);
create index candidate_object on candidate (target, object);
