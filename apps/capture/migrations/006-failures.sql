-- Why a collection could not be served, and since when; null when it was, the last time that was tried.
alter table collection add column failure jsonb;
