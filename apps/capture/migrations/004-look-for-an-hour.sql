-- Until when a resource is looked at again; null: until its object appears or the site names another.
alter table resource add column look_until timestamptz;
