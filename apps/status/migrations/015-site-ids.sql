-- Nullable: the resolver of the release before does not tell.
alter table upstream add column site_ids jsonb;
