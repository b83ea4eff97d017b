-- The number of the writer's last answer: what is told again is known by it.
alter table target add column answered bigint not null default 0;
