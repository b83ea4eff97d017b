-- A read so soon after the change that it shows may have missed another one with the same time: it is settled by a later read.
alter table collection add column seen_from timestamptz;
alter table collection add column seen_settled boolean not null default true;
