import type { GuardVerdict, RunCounts, RunKind } from '@collection-sync/core';
import { onlyRow, type Queryable, type Tx } from '@collection-sync/postgres';

export interface Run {
  id: string;
  target: number;
  epoch: number;
  kind: RunKind;
  trigger: string;
  collection: string;
  activated: number;
  phase: 'claimed' | 'reading' | 'applying';
  startedAt: Date;
  listedFrom: Date | null;
  guard: GuardVerdict | null;
  counts: RunCounts;
}

interface RunRow extends Omit<Run, 'counts'> {
  planned: number;
  joined: number;
  applied: number;
  removed: number;
  failed: number;
  held: number;
  superseded: number;
  unanswered: number;
  notNeeded: number;
  stopped: number;
  requests: number;
  writes: number;
  throttled: number;
}

const COLUMNS = `id, target, epoch, kind, trigger, collection, activated, phase, started_at as "startedAt", listed_from as "listedFrom",
  guard, planned, joined, applied, removed, failed, held, superseded, unanswered, not_needed as "notNeeded", stopped, requests, writes,
  throttled`;

const runOf = (row: RunRow): Run => {
  const { planned, joined, requests, writes, throttled, ...rest } = row;
  const { applied, removed, failed, held, superseded, unanswered, notNeeded, stopped, ...run } = rest;
  const outcomes = { applied, removed, failed, held, superseded, unanswered, notNeeded, stopped };
  return { ...run, counts: { planned, joined, outcomes, requests, writes, throttled } };
};

const one = (rows: RunRow[]): Run | undefined => (rows[0] ? runOf(rows[0]) : undefined);

export const insertRun = async (
  tx: Tx,
  run: Pick<Run, 'id' | 'target' | 'epoch' | 'kind' | 'trigger' | 'collection' | 'activated'>,
): Promise<Run | undefined> =>
  one(
    await tx.query<RunRow>(
      `insert into run (id, target, epoch, kind, trigger, collection, activated) values ($1, $2, $3, $4, $5, $6, $7)
       returning ${COLUMNS}`,
      [run.id, run.target, run.epoch, run.kind, run.trigger, run.collection, run.activated],
    ),
  );

export const openRun = async (db: Queryable, target: number): Promise<Run | undefined> =>
  one(await db.query<RunRow>(`select ${COLUMNS} from run where target = $1 and ended_at is null`, [target]));

/** A claim that got no lease never was a run. */
export const deleteRun = (tx: Tx, id: string): Promise<number> => tx.execute(`delete from run where id = $1`, [id]);

/** False when the run was ended by somebody else. Whoever holds its row is at work on it, and is not waited for. */
export const storeHeartbeat = async (db: Queryable, id: string): Promise<boolean> => {
  const stored = await db.execute(
    `update run set heartbeat_at = clock_timestamp()
     where id = (select id from run where id = $1 and ended_at is null for update skip locked)`,
    [id],
  );
  if (stored > 0) return true;
  return (await db.query(`select from run where id = $1 and ended_at is null`, [id])).length > 0;
};

/** The listing begins now, by the database's clock. */
export const startReading = async (db: Queryable, id: string): Promise<Date> =>
  (
    await onlyRow(
      db.query<{ listedFrom: Date }>(
        `update run set phase = 'reading', listed_from = clock_timestamp() where id = $1 returning listed_from as "listedFrom"`,
        [id],
      ),
    )
  ).listedFrom;

/** From now on every change of desired state is accounted. */
export const startApplying = (tx: Tx, id: string, planned: number, guard: GuardVerdict | undefined): Promise<number> =>
  tx.execute(`update run set phase = 'applying', planned = $2, guard = $3::jsonb where id = $1`, [
    id,
    planned,
    guard ? JSON.stringify(guard) : null,
  ]);

export type Tally = Partial<
  Record<
    | 'joined'
    | 'applied'
    | 'removed'
    | 'failed'
    | 'held'
    | 'superseded'
    | 'unanswered'
    | 'notNeeded'
    | 'stopped'
    | 'requests'
    | 'writes'
    | 'throttled',
    number
  >
>;

/** Adds to the account of a run. */
export const addTally = async (tx: Tx, id: string, tally: Tally): Promise<Run | undefined> =>
  one(
    await tx.query<RunRow>(
      `update run set joined = joined + $2, applied = applied + $3, removed = removed + $4, failed = failed + $5, held = held + $6,
         superseded = superseded + $7, unanswered = unanswered + $8, not_needed = not_needed + $9, stopped = stopped + $10,
         requests = requests + $11, writes = writes + $12, throttled = throttled + $13
       where id = $1 returning ${COLUMNS}`,
      [
        id,
        tally.joined ?? 0,
        tally.applied ?? 0,
        tally.removed ?? 0,
        tally.failed ?? 0,
        tally.held ?? 0,
        tally.superseded ?? 0,
        tally.unanswered ?? 0,
        tally.notNeeded ?? 0,
        tally.stopped ?? 0,
        tally.requests ?? 0,
        tally.writes ?? 0,
        tally.throttled ?? 0,
      ],
    ),
  );

export const endRun = (tx: Tx, id: string, ending: string): Promise<number> =>
  tx.execute(`update run set ended_at = clock_timestamp(), ending = $2 where id = $1 and ended_at is null`, [
    id,
    ending,
  ]);

/** Status keeps the history; here only the account of the last days. */
export const dropOldRuns = (db: Queryable): Promise<number> =>
  db.execute(`delete from run where ended_at < (select clock_timestamp()) - interval '7 days'`);
