-- A batch of a run takes adds that go together, adds that go alone and removals, each in order of the objects: one index leads to all three,
-- whatever else is pending.
drop index entry_pending;
create index entry_pending on entry (target, wanted, (bind = 1), object)
  where (wanted <> applied or unsure) and plan is null and retry_at is null;

drop index target_due;
create index target_due on target (due_at nulls first) where due is not null;
create index target_due_set on target (due_set_at) where due is not null;

create index full_reason_run on full_reason (run) where done_at is null;
create index full_reason_done on full_reason (done_at) where done_at is not null;
