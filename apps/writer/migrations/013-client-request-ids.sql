-- The client-request-id of the last attempt, by which support finds a request that was not answered too.
alter table entry add column client_request_id text;
