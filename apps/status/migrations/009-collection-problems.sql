-- Why capture could not serve a collection, and what becomes of collections in the overview. Nullable: a replica of the release before does
-- not know them.
alter table collection add column failure jsonb;
alter table overview add column collection_state text;
