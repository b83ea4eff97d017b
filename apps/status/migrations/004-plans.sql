-- How many members a target has says nothing of the next one: without statistics the planner reckons with a share of the table as it is now,
-- never with those from before a target was filled. Setting the type drops what was gathered before.
alter table member alter column target_no type integer, alter column target_no set statistics 0;
alter table preview_member alter column command type uuid, alter column command set statistics 0;

-- The members of a plan are shown by name.
drop index member_plan;
create index member_plan on member (target_no, plan, sort, key) where plan is not null;
-- An object that is to be removed is found by the resource that it was of, too.
create index member_unwanted on member (target_no, resource) where not wanted;
