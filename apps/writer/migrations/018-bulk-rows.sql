-- A check of the target's row for each of their rows was a tenth of what a merge and its run cost. Rows of targets are never deleted, and what
-- is stored of one is stored while its row is locked.
alter table member drop constraint member_target_fkey;
alter table entry drop constraint entry_target_fkey;
