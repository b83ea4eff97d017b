-- What the writer cannot do for a target beside runs: the work, and why. Null while it can.
alter table target add column writer_failure jsonb;
