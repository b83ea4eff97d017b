-- Members of a group that its collection does not name and nobody here added, with what they are in the directory; and what a full run found
-- when it compared. A replica of the release before writes neither.
alter table member add column unmanaged boolean not null default false;
alter table member add column object_type text;
create index member_unmanaged on member (target_no, sort, key) where unmanaged;
alter table run add column comparison jsonb;
