import type { z } from 'zod';
import { isoOrNull } from '../http/fields.js';
import type { RunRow } from '../store/runs.js';
import type { runAnswer } from './runs.contract.js';

export const toRunAnswer = (row: RunRow): z.input<typeof runAnswer> => ({
  id: row.id,
  target: row.target,
  collectionId: row.collection,
  kind: row.kind,
  trigger: row.trigger,
  by: row.by,
  state: row.state,
  startedAt: row.startedAt.toISOString(),
  endedAt: isoOrNull(row.endedAt),
  durationSeconds: row.durationSeconds,
  adds: row.adds,
  removes: row.removes,
  counts: row.counts,
  members: row.members,
  guard: row.guard,
  comparison: row.comparison,
  proof: row.proof,
  readAt: isoOrNull(row.readAt),
  failure: row.failure,
  why: row.why,
});
