-- Who exactly did what from where, what it was before and after, and a chain of hashes that shows whether a line was changed or taken out.

alter table audit
  add column issuer text,
  add column actor_subject text,
  add column object_id text,
  add column client text,
  add column address text,
  add column before jsonb,
  add column after jsonb;

create table audit_seal (
  no bigint primary key,
  audit bigint not null unique,
  previous text not null,
  hash text not null
);

create function audit_hash(previous text, entry audit) returns text language sql stable as $$
  select encode(sha256(convert_to(previous || jsonb_build_array(entry.id, extract(epoch from entry.at), entry.actor, entry.role,
    entry.action, entry.subject, entry.detail, entry.issuer, entry.actor_subject, entry.object_id, entry.client, entry.address,
    entry.before, entry.after)::text, 'UTF8')), 'hex')
$$;

-- Lines are sealed after their commit, in the order in which they are seen: nobody who writes one waits for another.
create function seal_audit(most integer) returns setof audit language plpgsql as $$
declare
  entry audit;
  last audit_seal;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('audit seal ' || current_schema(), 0)) then return; end if;
  select * into last from audit_seal order by no desc limit 1;
  for entry in
    select a.* from audit a
    where a.id > coalesce((select max(audit) from audit_seal), 0) - 10000 and not exists (select from audit_seal s where s.audit = a.id)
    order by a.id limit most
  loop
    insert into audit_seal values (coalesce(last.no, 0) + 1, entry.id, coalesce(last.hash, ''), audit_hash(coalesce(last.hash, ''), entry))
    returning * into last;
    return next entry;
  end loop;
end $$;

-- The oldest lines alone may go, and not those of the last 30 days.
create function drop_old_audit(days integer, most integer) returns integer language plpgsql security definer as $$
declare
  gone integer;
begin
  if days < 30 then raise exception 'the audit log is kept for 30 days at least'; end if;
  with old as (
    select s.no, s.audit from audit_seal s join audit a on a.id = s.audit
    where s.no < coalesce((select min(k.no) from audit_seal k join audit b on b.id = k.audit where b.at >= now() - make_interval(days => days)),
      (select max(no) from audit_seal))
    order by s.no limit most),
  entries as (delete from audit where id in (select audit from old) returning id)
  delete from audit_seal where audit in (select id from entries);
  get diagnostics gone = row_count;
  return gone;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member') then
    return case tg_op when 'DELETE' then old when 'UPDATE' then new end;
  end if;
  raise exception 'the audit log takes new lines only' using errcode = 'restrict_violation';
end $$;
create trigger insert_only before update or delete on audit for each row execute function refuse_change();
create trigger insert_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger not_emptied before truncate on audit for each statement execute function refuse_change();
create trigger not_emptied before truncate on audit_seal for each statement execute function refuse_change();

do $$
begin
  execute format('alter function drop_old_audit(integer, integer) set search_path = %I, pg_temp', current_schema());
end $$;
