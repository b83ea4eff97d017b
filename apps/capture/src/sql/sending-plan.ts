import type { CollectionType } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

export interface SendingTarget {
  target: string;
  tenant: string;
  group_id: string;
  activated: number;
  sent: number | null;
  owed: number;
  /** something asks for the complete content */
  owes: boolean;
  full_reason: string | null;
  /** the read done last was complete, and began after the full was asked for */
  full_allowed: boolean;
  full_sent: boolean;
}

export interface SendingPreview {
  id: string;
  target: string;
  tenant: string;
  group_id: string;
  activated: number;
}

export interface SendingPlan {
  type: CollectionType;
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
export const sendingPlan = async (on: Queryable, collection: string): Promise<SendingPlan | undefined> => {
  const [plan] = await on.query<SendingPlan>(
    `select c.type, c.version, c.published, c.last_complete ->> 'at' as "readAt",
       coalesce((select jsonb_agg(jsonb_build_object('target', t.target, 'tenant', t.tenant, 'group_id', t.group_id,
           'activated', t.activated, 'sent', t.sent, 'owed', t.owed, 'owes', t.owed > t.served,
           'full_reason', t.full_reason, 'full_sent', t.full_sent,
           'full_allowed', c.committed_read = c.complete_read and c.complete_asked >= t.full_asked) order by t.target)
         from target t join tenant n on n.tenant = t.tenant and n.state = 'ready'
         where t.collection = c.id and t.state = 'active'), '[]') as targets,
       coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'target', m.target, 'tenant', m.tenant, 'group_id', m.group_id,
           'activated', coalesce((select t.activated from target t where t.target = m.target), 0)) order by m.id)
         from command m join tenant n on n.tenant = m.tenant and n.state = 'ready'
         where m.collection = c.id and m.kind = 'preview' and m.state = 'waiting' and m.expires_at > clock_timestamp()
           and c.committed_read = c.complete_read and c.complete_asked >= m.asked), '[]') as previews
     from collection c where c.id = $1 and c.complete_read > 0 and c.type <> 'other'`,
    [collection],
  );
  return plan;
};
