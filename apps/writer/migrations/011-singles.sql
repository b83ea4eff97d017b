-- Adds that go together, adds that go alone, and removals: each in order of the objects without a sort, whatever the planner knows.
drop index entry_pending;
create index entry_pending on entry (target, wanted, (wanted and max_patch_size = 1), object)
  where (wanted <> applied or unconfirmed) and plan is null and retry_at is null;
