import { storableJson } from '@collection-sync/core';
import { onlyRow, type Database, type Queryable, type Tx } from '@collection-sync/postgres';
import type { AuditAction } from '../audit/actions.js';
import type { Actor } from '../auth/actor.js';
import { inScope } from './in-scope.js';

// Lines are only added; a service that does not own the tables cannot change them (migrations/003-audit-chain.sql).

/** Somebody who signed in, or the record that said so. */
export type Doer = Omit<Actor, 'role' | 'grants' | 'expiresAt'> & { readonly role: Actor['role'] | 'Event' };

/** What somebody did. */
export interface Deed {
  readonly action: AuditAction;
  /** tenant/group, a tenant, a plan */
  readonly subject: string;
  readonly detail?: object;
  /** everything that may be set, as it was and as it is now */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Record<string, unknown>;
  readonly issuer: string | null;
  readonly actorSubject: string | null;
  readonly objectId: string | null;
  readonly client: string | null;
  readonly address: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** A line, and what its subject is called now; null where nothing is called anything. */
export interface NamedAuditRow extends AuditRow {
  readonly groupName: string | null;
  readonly collectionId: string | null;
  readonly collectionName: string | null;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** a whole id, or a part of the name, of a group or collection that is or was mapped */
  readonly search?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** the first word of actions */
  readonly kind?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** below this id */
  readonly below?: number | undefined;
  readonly limit: number;
}

const COLUMNS = `id, at, actor, role, action, subject, detail, issuer, actor_subject as "actorSubject", object_id as "objectId", client,
  address, before, after`;

/** Who did what, in the transaction that does it. */
export const insertAudit = (tx: Queryable, actor: Doer, deed: Deed): Promise<unknown> =>
  tx.query(
    `insert into audit (actor, role, action, subject, detail, issuer, actor_subject, object_id, client, address, before, after)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb)`,
    [
      actor.name,
      actor.role,
      deed.action,
      deed.subject,
      storableJson(deed.detail ?? {}),
      actor.issuer,
      actor.subject,
      actor.objectId,
      actor.client,
      actor.address,
      deed.before ? storableJson(deed.before) : null,
      deed.after ? storableJson(deed.after) : null,
    ],
  );

/** What was done to a mapping is of whoever reads it, what to a tenant of whoever reads something in it. */
const lineInScope = (
  scope: string,
): string => `(${scope}::jsonb is null or (action like 'tenant.%' and ${inScope(scope, 'subject', 'null')}) or exists (
  select from mapping p where p.target = audit.subject and ${inScope(scope, 'p.tenant', 'p.collection')}))`;

/** Newest first; one more than the page has. */
export const pageOfAudit = (db: Queryable, scope: string | null, filter: AuditFilter): Promise<NamedAuditRow[]> =>
  db.query(
    `with page as (
       select * from audit
       where ($1::bigint is null or id < $1) and ($2::text is null or $2 in (actor, actor_subject, object_id)) and ($3::text is null or subject = $3)
         and ($4::text is null or action = $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
         and ($8::text is null or starts_with(action, $8 || '.')) and ($9::text is null or subject = any (
           select m.target from mapping m left join collection c using (collection)
           where lower($9) in (m.tenant, m.group_id, lower(m.collection)) or strpos(lower(m.group_name), lower($9)) > 0
             or strpos(lower(coalesce(nullif(c.name, ''), m.collection_name)), lower($9)) > 0
           union all select lower($9)))
         and ${lineInScope('$10')}
       order by id desc limit $7)
     select ${COLUMNS}, named.* from page left join lateral (
       select nullif(m.group_name, '') as "groupName", about.collection as "collectionId",
         coalesce(nullif(c.name, ''), case m.collection when about.collection then nullif(m.collection_name, '') end) as "collectionName"
       from (select coalesce(page.detail->>'collection', page.after->>'collection') as collection) about
       left join mapping m on m.target = page.subject left join collection c on c.collection = about.collection) named on true
     order by id desc`,
    [
      filter.below ?? null,
      filter.actor ?? null,
      filter.subject ?? null,
      filter.action ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.limit + 1,
      filter.kind ?? null,
      filter.search?.trim() || null,
      scope,
    ],
  );

export interface AuditPerson {
  readonly name: string;
  /** what a filter finds this person alone by */
  readonly id: string;
  readonly lastAt: Date;
  /** lines among those that were looked at */
  readonly lines: number;
}

/** Who did something, in the last `lines` lines: who did something last comes first, at most `limit`. */
export const auditPeople = (
  db: Queryable,
  scope: string | null,
  { lines, limit }: { readonly lines: number; readonly limit: number },
): Promise<AuditPerson[]> =>
  db.query(
    `select coalesce(actor_subject, actor) as id, (array_agg(actor order by id desc))[1] as name, max(at) as "lastAt", count(*) as lines
     from (select id, at, actor, actor_subject from audit where ${lineInScope('$1')} order by id desc limit $2) latest
     group by coalesce(actor_subject, actor) order by max(id) desc limit $3`,
    [scope, lines, limit],
  );

/** Whether the caller changed the mapping, or asked for a run of it, in the 24 hours before. */
export const hasRequested = async (db: Queryable, actor: Actor, target: string, before: Date): Promise<boolean> => {
  const [found] = await db.query(
    `select 1 from audit where subject = $1 and issuer = $2 and actor_subject = $3 and at >= $4::timestamptz - interval '24 hours'
       and (action like 'mapping.%' or action in ('command.full', 'command.incremental')) limit 1`,
    [target, actor.issuer, actor.subject, before],
  );
  return found !== undefined;
};

export interface SealedRow extends AuditRow {
  /** position in the chain */
  readonly line: number;
  readonly previous: string;
  readonly hash: string;
}

/** Seals committed lines into the chain, and returns them in its order: each is returned once, to one process. */
export const sealAudit = async (tx: Tx, most: number): Promise<SealedRow[]> => {
  const sealed = await tx.query<{ id: number }>('select id from seal_audit($1)', [most]);
  if (sealed.length === 0) return [];
  return tx.query(
    `select ${COLUMNS}, s.no as line, s.previous, s.hash from audit_seal s join audit on audit.id = s.audit
     where s.audit = any ($1::bigint[]) order by s.no`,
    [sealed.map(({ id }) => id)],
  );
};

export interface AuditVerification {
  /** sealed lines that were looked at */
  readonly lines: number;
  /** lines that wait for their seal, a second or two */
  readonly unsealed: number;
  /** ids of the first lines that are not as they were sealed, or whose neighbour before is gone */
  readonly broken: number[];
}

export const verifyAudit = async (db: Queryable): Promise<AuditVerification> => {
  const found = await onlyRow(
    db.query<AuditVerification>(
      `with chain as (
       select s.no, s.audit, a.id is not null and s.hash = audit_hash(s.previous, a)
           and coalesce(s.previous = lag(s.hash) over (order by s.no) and s.no = lag(s.no) over (order by s.no) + 1, true) as whole
       from audit_seal s left join audit a on a.id = s.audit)
     select count(*)::int as lines, coalesce((array_agg(audit order by no) filter (where not whole))[1:10], '{}') as broken,
       (select count(*)::int from audit a where not exists (select from audit_seal s where s.audit = a.id)) as unsealed
     from chain`,
    ),
  );
  return { ...found, broken: found.broken.map(Number) };
};

/** @returns how many lines went */
export const dropOldAudit = async (database: Database, days: number, most: number): Promise<number> => {
  const { gone } = await onlyRow(
    database.query<{ gone: number }>('select drop_old_audit($1, $2) as gone', [days, most]),
  );
  return gone;
};
