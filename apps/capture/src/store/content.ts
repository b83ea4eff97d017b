import { DEFAULT_POLICY, type CollectionType, type DisabledObjects, type ResourceKind } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

export interface ContentRow {
  resource: number;
  present: boolean;
  version: number;
  kind: ResourceKind;
  name: string;
  deviceId: string | null;
  tenantId: string | null;
  userId: string | null;
  sid: string | null;
  upn: string | null;
}

/** First the page, by its index, then the resource of each row, by its key, whatever the planner thinks of the tables. */
const withResources = (page: string, order: string): string =>
  `with page as materialized (${page})
   select m.resource, m.present, m.version, coalesce(r.kind, 'unknown') as kind, coalesce(r.name, '') as name,
     r.device_id as "deviceId", r.tenant_id as "tenantId", r.user_id as "userId", r.sid, r.upn
   from page m left join lateral (select * from resource k where k.id = m.resource limit 1) r on true
   order by ${order}`;

/** The next members that are present now, after a resource. No bound on the version: who changes meanwhile is still a member. */
export const completeRows = (db: Queryable, collection: string, after: number, limit: number): Promise<ContentRow[]> =>
  db.query<ContentRow>(
    withResources(
      `select resource, present, version from membership
       where collection = $1 and present and resource > $2 order by resource limit $3`,
      'm.resource',
    ),
    [collection, after, limit],
  );

/** The next rows of from < version ≤ to, after a version and a resource. */
export const deltaRows = (
  db: Queryable,
  collection: string,
  { from, to, after, limit }: { from: number; to: number; after: { version: number; resource: number }; limit: number },
): Promise<ContentRow[]> =>
  db.query<ContentRow>(
    withResources(
      `select resource, present, version from membership
       where collection = $1 and version > $2 and version <= $3 and (version, resource) > ($4, $5)
       order by version, resource limit $6`,
      'm.version, m.resource',
    ),
    [collection, from, to, after.version, after.resource, limit],
  );

export const publishedVersion = async (db: Queryable, collection: string): Promise<number> => {
  const [row] = await db.query<{ published: number }>('select published from collection where id = $1', [collection]);
  return row!.published;
};

export interface SendingTarget {
  target: string;
  tenant: string;
  group: string;
  activated: number;
  disabledObjects: DisabledObjects;
  sent: number | null;
  /** completes required so far; `requiresComplete`: one of them was not sent yet */
  required: number;
  requiresComplete: boolean;
  fullReason: string | null;
  /** the read done last was complete, and began after the full was requested */
  fullAllowed: boolean;
  fullSent: boolean;
}

export interface SendingPreview {
  id: string;
  target: string;
  tenant: string;
  group: string;
  activated: number;
  disabledObjects: DisabledObjects;
  /** since when the mirrors of the tenant are as they are */
  tenantSince: string;
}

export interface SendingPlan {
  type: CollectionType;
  /** name of the source; empty as long as it has not listed the collection */
  source: string;
  version: number;
  published: number;
  readAt: string;
  targets: SendingTarget[];
  previews: SendingPreview[];
}

/**
 * What is to be sent of a collection, in one snapshot, so that `version` is read before any row. Undefined as long as the collection has
 * no complete read. Only targets that are active and whose tenant's mirror is ready.
 */
export const sendingPlan = async (db: Queryable, collection: string): Promise<SendingPlan | undefined> => {
  const [plan] = await db.query<SendingPlan>(
    `select c.type, c.site as source, c.version, c.published, c.last_complete ->> 'at' as "readAt",
       coalesce((select jsonb_agg(jsonb_build_object('target', t.target, 'tenant', t.tenant, 'group', t.group_id,
           'activated', t.activated, 'disabledObjects', t.disabled_objects, 'sent', t.sent, 'required', t.owed, 'requiresComplete', t.owed > t.served,
           'fullReason', t.full_reason, 'fullSent', t.full_sent,
           'fullAllowed', c.committed_read = c.complete_read and c.complete_asked >= t.full_asked) order by t.target)
         from target t join tenant n on n.tenant = t.tenant and n.state = 'ready'
         where t.collection = c.id and t.state = 'active'), '[]') as targets,
       coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'target', m.target, 'tenant', m.tenant, 'group', m.group_id,
           'activated', coalesce(t.activated, 0), 'disabledObjects', coalesce(t.disabled_objects, $2),
           'tenantSince', n.since) order by m.id)
         from command m join tenant n on n.tenant = m.tenant and n.state = 'ready' left join target t on t.target = m.target
         where m.collection = c.id and m.kind = 'preview' and m.state = 'waiting' and m.expires_at > clock_timestamp()
           and c.committed_read = c.complete_read and c.complete_asked >= m.asked), '[]') as previews
     from collection c where c.id = $1 and c.complete_read > 0 and c.type <> 'other'`,
    [collection, DEFAULT_POLICY.disabledObjects],
  );
  return plan;
};
