import type { z } from 'zod';
import { isoOrNull } from '../http/fields.js';
import type { PlanRow } from '../store/plans.js';
import type { planAnswer } from './plans.contract.js';

export const toPlanAnswer = (row: PlanRow): z.input<typeof planAnswer> => ({
  id: row.id,
  target: row.target,
  collectionId: row.collection,
  runId: row.run,
  removals: row.removals,
  held: row.held,
  guard: row.guard,
  heldAt: row.heldAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  state: row.state,
  closedAt: isoOrNull(row.closedAt),
  closedBy: row.closedBy,
});
