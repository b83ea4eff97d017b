-- The roles of Collection Sync and their rights: psql --file=deploy/postgres/roles.sql "$ADMIN_URL", where ADMIN_URL is the database of
-- Collection Sync as an administrator. May run again at any time. collsync_migrate makes the tables, each service reads and writes those of
-- its own schema and owns nothing. Passwords are given afterwards, with \password collsync_writer and so on.
\set ON_ERROR_STOP on
create temp table service as select unnest(array['capture', 'resolver', 'writer', 'status']) as name;

select format('create role %I login', role)
from (select 'collsync_migrate' as role union all select 'collsync_' || name from service) wanted
where not exists (select from pg_roles where rolname = role) \gexec
-- an administrator of a managed server is no superuser: only a member of the role may set its defaults
select format('grant collsync_migrate to %I', current_user) \gexec
select format('grant create on database %I to collsync_migrate', current_database()) \gexec

select format(statement, name)
from service, unnest(array[
  'create schema if not exists %1$I authorization collsync_migrate',
  'grant usage on schema %1$I to collsync_%1$s',
  'grant select, insert, update, delete, truncate on all tables in schema %1$I to collsync_%1$s',
  'grant usage on all sequences in schema %1$I to collsync_%1$s',
  'grant execute on all functions in schema %1$I to collsync_%1$s',
  'alter default privileges for role collsync_migrate in schema %1$I grant select, insert, update, delete, truncate on tables to collsync_%1$s',
  'alter default privileges for role collsync_migrate in schema %1$I grant usage on sequences to collsync_%1$s'
]) with ordinality as each(statement, at)
order by name, at \gexec
