-- Nullable: a replica of the release before does not know it.
alter table member add column client_request_id text;
