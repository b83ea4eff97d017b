-- What an object is in the directory, as the listing that found it named the type.
alter table page add column object_type text;
alter table entry add column object_type text;
