import type { Drift, Mapping, Policy } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { Problem } from './overview.js';

export interface TargetFacts {
  now: Date;
  state: Mapping['state'];
  pausedBy: 'operator' | 'tenant' | null;
  collection: string;
  policy: Policy;
  activated: number;
  capturedVersion: number;
  mergedVersion: number;
  mergedActivated: number;
  mergedAt: Date | null;
  resolvedAt: Date | null;
  run: string | null;
  runKind: 'full' | 'incremental' | null;
  runFailure: Problem | null;
  captureFailure: Problem | null;
  drift: Drift | null;
  gap: boolean;
  /** no result has arrived since the projections were made */
  unknown: boolean;
}

/** What is known of a target beside its row of the overview. */
export const readTarget = async (db: Queryable, target: string): Promise<TargetFacts | undefined> =>
  (
    await db.query<TargetFacts>(
      `select now(), m.state, m.paused_by as "pausedBy", m.collection, m.policy, m.activated, coalesce(c.version, 0) as "capturedVersion", coalesce(greatest(t.merged_version, t.result_merged), 0) as "mergedVersion",
         coalesce(greatest(t.merged_activated, t.result_activated), 0) as "mergedActivated", t.merged_at as "mergedAt", d.checked_at as "resolvedAt", t.run, t.run_kind as "runKind",
         coalesce(g.problem, t.writer_failure, t.group_failure) as "runFailure", t.capture_failure as "captureFailure", t.drift, coalesce(t.gap, false) as gap,
         coalesce(t.result_number, 0) = 0 as unknown
       from mapping m
       left join collection c on c.collection = m.collection
       left join target t on t.target = m.target
       left join group_check g on g.target = m.target
       left join upstream d on d.kind = 'directory' and d.name = m.tenant and d.state = 'ready'
       where m.target = $1`,
      [target],
    )
  )[0];
