-- A rejection for good, and an approval of a part of a plan.
alter table command add column keep boolean not null default false, add column objects jsonb;
alter table plan drop constraint plan_state_check;
alter table plan add constraint plan_state_check check (state in ('open', 'approved', 'rejected', 'expired', 'emptied', 'kept'));
