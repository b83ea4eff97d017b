import type { GuardVerdict } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { z } from 'zod';
import { isoOrNull } from '../http/fields.js';
import type { planAnswer } from './plans.contract.js';

export interface PlanRow {
  id: string;
  target: string;
  collection: string;
  run: string | null;
  removals: number;
  guard: GuardVerdict;
  heldAt: Date;
  expiresAt: Date;
  state: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied';
  closedAt: Date | null;
  closedBy: string | null;
}

const COLUMNS = `id, target, collection, run, removals, guard, held_at as "heldAt", expires_at as "expiresAt", state,
  closed_at as "closedAt", closed_by as "closedBy"`;

export const pageOfPlans = (
  on: Queryable,
  filter: { limit: number; state?: string; tenantId?: string },
  target: string | undefined,
  place: readonly [string, string] | undefined,
): Promise<PlanRow[]> =>
  on.query<PlanRow>(
    `select ${COLUMNS} from plan
     where ($1::text is null or state = $1) and ($2::text is null or target like $2) and ($3::text is null or target = $3)
       and ($4::timestamptz is null or (held_at, id) < ($4, $5::uuid))
     order by held_at desc, id desc limit $6`,
    [
      filter.state ?? null,
      filter.tenantId ? `${filter.tenantId}/%` : null,
      target ?? null,
      place?.[0] ?? null,
      place?.[1] ?? null,
      filter.limit + 1,
    ],
  );

export const findPlan = async (on: Queryable, id: string): Promise<PlanRow | undefined> =>
  (await on.query<PlanRow>(`select ${COLUMNS} from plan where id = $1`, [id]))[0];

export const toPlanAnswer = (row: PlanRow): z.input<typeof planAnswer> => ({
  id: row.id,
  target: row.target,
  collectionId: row.collection,
  runId: row.run,
  removals: row.removals,
  guard: row.guard,
  heldAt: row.heldAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  state: row.state,
  closedAt: isoOrNull(row.closedAt),
  closedBy: row.closedBy,
});
