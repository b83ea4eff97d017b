-- What others changed in the group, as the writer told last; nullable: one of the release before tells nothing.
alter table target add column drift jsonb;
