import { storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

/** What is known of a target from the writer's and capture's streams. */
export interface TargetRow {
  no: number;
  target: string;
  resultNumber: number;
  resultCollection: string | null;
  resultActivated: number;
  resultMerged: number;
  gap: boolean;
  snapshotId: string | null;
  snapshotNext: number | null;
  writerNumber: number;
  captureNumber: number;
  mergedNumber: number;
  mergedCollection: string | null;
  mergedActivated: number;
  mergedVersion: number;
  mergedAt: Date | string | null;
  mergedReadAt: Date | string | null;
  mergedPending: number;
  run: string | null;
  runKind: string | null;
  endedNumber: number;
  endedActivated: number;
  endedKind: string | null;
  endedAt: Date | string | null;
  groupFailure: object | null;
  captureFailure: object | null;
  appliedAt: Date | string | null;
}

const FIELDS: Record<keyof TargetRow, string> = {
  no: 'no',
  target: 'target',
  resultNumber: 'result_number',
  resultCollection: 'result_collection',
  resultActivated: 'result_activated',
  resultMerged: 'result_merged',
  gap: 'gap',
  snapshotId: 'snapshot_id',
  snapshotNext: 'snapshot_next',
  writerNumber: 'writer_number',
  captureNumber: 'capture_number',
  mergedNumber: 'merged_number',
  mergedCollection: 'merged_collection',
  mergedActivated: 'merged_activated',
  mergedVersion: 'merged_version',
  mergedAt: 'merged_at',
  mergedReadAt: 'merged_read_at',
  mergedPending: 'merged_pending',
  run: 'run',
  runKind: 'run_kind',
  endedNumber: 'ended_number',
  endedActivated: 'ended_activated',
  endedKind: 'ended_kind',
  endedAt: 'ended_at',
  groupFailure: 'group_failure',
  captureFailure: 'capture_failure',
  appliedAt: 'applied_at',
};

const COLUMNS = Object.entries(FIELDS)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(', ');

const JSON_FIELDS: ReadonlySet<string> = new Set(['groupFailure', 'captureFailure']);
const KEY_FIELDS: ReadonlySet<string> = new Set(['no', 'target']);

/** The row of a target, made when there was none, locked until the end of the transaction. */
export const lockTargetRow = async (tx: Queryable, target: string): Promise<TargetRow> => {
  await tx.query('insert into target (target) values ($1) on conflict do nothing', [target]);
  const [row] = await tx.query<TargetRow>(`select ${COLUMNS} from target where target = $1 for update`, [target]);
  if (!row) throw new Error(`the row of target ${target} is missing`);
  return row;
};

/** Stores what differs from the row as it was locked. */
export const saveTargetRow = async (tx: Queryable, before: TargetRow, after: TargetRow): Promise<void> => {
  const changed = (Object.keys(FIELDS) as (keyof TargetRow)[]).filter(
    (name) => !KEY_FIELDS.has(name) && before[name] !== after[name],
  );
  if (changed.length === 0) return;
  const sets = changed.map((name, at) => `${FIELDS[name]} = $${at + 2}${JSON_FIELDS.has(name) ? '::jsonb' : ''}`);
  await tx.query(`update target set ${sets.join(', ')} where no = $1`, [
    before.no,
    ...changed.map((name) => (JSON_FIELDS.has(name) && after[name] !== null ? storableJson(after[name]) : after[name])),
  ]);
};
