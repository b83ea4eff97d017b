-- What becomes of members whose directory object is disabled. Mappings that named nothing took them out, and go on.
alter table target add column disabled_objects text not null default 'remove' check (disabled_objects in ('keep', 'remove'));
