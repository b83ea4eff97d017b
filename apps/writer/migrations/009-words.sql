-- breaking
-- Columns by the names that their readers use.
alter table entry rename column stranger to unmanaged;
alter table entry rename column unsure to unconfirmed;
alter table entry rename column bind to max_patch_size;
alter table upstream rename column number to sequence;
