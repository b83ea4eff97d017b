-- a DELETE was about to be sent, and nothing since says whether the object is there
alter table entry add column delete_unanswered boolean not null default false;
update entry set delete_unanswered = true where not wanted and unsure;
update entry e set delete_unanswered = true
from call c cross join lateral jsonb_array_elements(c.operations) as p (part)
where e.target = c.target and p.part ->> 'kind' = 'delete' and e.object = (p.part -> 'objects' ->> 0)::uuid;
-- the group's size counts all that left, the limits only what left without approval
alter table departure add column approved boolean not null default false;
create index departure_object on departure (target, object, at);
