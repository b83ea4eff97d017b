-- Members that an operator keeps in a group, unmanaged. Nullable: a replica of the release before does not know them.
alter table overview add column kept bigint;
alter table plan drop constraint plan_state_check;
alter table plan add constraint plan_state_check check (state in ('open', 'approved', 'rejected', 'expired', 'emptied', 'kept'));
