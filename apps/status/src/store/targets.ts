import { storableJson, type Drift, type WriterWork } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { StatusSettings } from '../settings.js';

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
  runFailure: object | null;
  captureFailure: object | null;
  writerFailure: { readonly work: WriterWork } | null;
  /** what others changed in the group */
  drift: Drift | null;
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
  runFailure: 'group_failure',
  captureFailure: 'capture_failure',
  writerFailure: 'writer_failure',
  drift: 'drift',
  appliedAt: 'applied_at',
};

const COLUMNS = Object.entries(FIELDS)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(', ');

const JSON_FIELDS: ReadonlySet<string> = new Set(['runFailure', 'captureFailure', 'writerFailure', 'drift']);
const KEY_FIELDS: ReadonlySet<string> = new Set(['no', 'target']);

/** The row of a target, made when there was none, locked until the end of the transaction. */
export const lockTargetRow = async (tx: Queryable, target: string): Promise<TargetRow> => {
  const lock = () => tx.query<TargetRow>(`select ${COLUMNS} from target where target = $1 for update`, [target]);
  const [known] = await lock();
  if (known) return known;
  await tx.query('insert into target (target) values ($1) on conflict do nothing', [target]);
  const [row] = await lock();
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

export const targetNo = async (db: Queryable, target: string): Promise<number | undefined> =>
  (await db.query<{ no: number }>('select no from target where target = $1', [target]))[0]?.no;

/** The snapshot that was asked for is whole. */
export const forgetReports = (tx: Queryable, no: number): Promise<unknown> =>
  tx.query('update target set reports_asked = 0, report_asked_at = null where no = $1', [no]);

/**
 * Targets whose stream has a gap, or of which nothing is known, and that it is time to ask about (again). Once for each version also those
 * of which a merge of what was captured should have been reported by now: a database that was restored has not seen that there is a gap. A
 * version is a time in milliseconds. So that a backlog is not made longer by what is told again, `most` are asked about at a time: more are
 * when their snapshot is whole, or has not come within ten minutes.
 */
export const targetsToReport = (
  db: Queryable,
  { reportAgainSeconds, reportLateSeconds }: Pick<StatusSettings, 'reportAgainSeconds' | 'reportLateSeconds'>,
  most: number,
): Promise<{ target: string }[]> =>
  db.query(
    `select m.target from mapping m left join target t on t.target = m.target left join collection c on c.collection = m.collection
       cross join lateral (select to_timestamp(c.version / 1000.0) + make_interval(secs => $3::float8) as at) late
     where m.state in ('active', 'paused') and (t.gap or (coalesce(t.result_number, 0) = 0 and m.changed_at < now() - make_interval(secs => $3::float8))
         or (m.state = 'active' and c.version > greatest(t.result_merged, t.merged_version) and late.at < now()
           and (t.report_asked_at is null or t.report_asked_at < late.at)))
       and (t.report_asked_at is null or t.report_asked_at
         < now() - make_interval(secs => least(3600, $1::float8 * power(2, least(t.reports_asked, 12) - 1))))
     order by t.report_asked_at nulls first
     limit greatest(0, $2 - (select count(*) from target where reports_asked > 0 and report_asked_at > now() - interval '10 min'))`,
    [reportAgainSeconds, most, reportLateSeconds],
  );

export const noteReportRequest = (tx: Queryable, target: string): Promise<unknown> =>
  tx.query(
    `insert into target as t (target, reports_asked, report_asked_at) values ($1, 1, now())
     on conflict (target) do update set reports_asked = t.reports_asked + 1, report_asked_at = now()`,
    [target],
  );
