import { storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { Actor } from '../auth/actor.js';

/** Who did what, in the transaction that does it. */
export const insertAudit = (
  tx: Queryable,
  actor: Actor,
  action: string,
  subject: string,
  detail: object = {},
): Promise<unknown> =>
  tx.query(`insert into audit (actor, role, action, subject, detail) values ($1, $2, $3, $4, $5::jsonb)`, [
    actor.name,
    actor.role,
    action,
    subject,
    storableJson(detail),
  ]);
