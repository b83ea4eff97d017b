-- Each record of a collection asks which missing one bears its name.
create index collection_missing on collection (lower(name), type) where state = 'missing';
