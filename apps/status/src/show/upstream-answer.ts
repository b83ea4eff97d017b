import type { z } from 'zod';
import type { upstreamAnswer } from '../map/tenants.contract.js';
import type { UpstreamRow } from '../store/upstreams.js';

export const toUpstreamAnswer = (row: UpstreamRow): z.input<typeof upstreamAnswer> => ({
  ...row,
  since: row.since.toISOString(),
  checkedAt: row.checkedAt.toISOString(),
  reportedAt: row.reportedAt.toISOString(),
  lastSuccess: row.lastSuccess?.toISOString() ?? null,
});
