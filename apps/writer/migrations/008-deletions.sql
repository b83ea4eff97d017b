-- The newest record of each mapping, until a worker has adopted it.
create table mapping (
  target text primary key,
  version bigint not null,
  record jsonb not null,
  stored_at timestamptz not null default clock_timestamp()
);

-- a deletion that the switch of its tenant has stopped
alter table target add column paused_by text;
-- what a worker has still to do with the ledger of a deleted mapping: forget it, or un-want what the collection wanted
alter table target add column teardown text check (teardown in ('leave', 'remove'));
create index target_teardown on target (id) where teardown is not null;

-- a report of a whole ledger goes out in steps
alter table command add column progress jsonb;
