import type { Upstream } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { z } from 'zod';
import type { upstreamAnswer } from './tenants.contract.js';

export interface UpstreamRow {
  kind: Upstream['kind'];
  name: string;
  state: Upstream['state'];
  code: string | null;
  reason: string | null;
  progress: NonNullable<Upstream['progress']> | null;
  since: Date;
  checkedAt: Date;
  figures: Record<string, number>;
}

export const allUpstreams = (on: Queryable): Promise<UpstreamRow[]> =>
  on.query<UpstreamRow>(
    `select kind, name, state, code, reason, progress, since, checked_at as "checkedAt", figures from upstream order by kind, name`,
  );

export const toUpstreamAnswer = (row: UpstreamRow): z.input<typeof upstreamAnswer> => ({
  ...row,
  since: row.since.toISOString(),
  checkedAt: row.checkedAt.toISOString(),
});
