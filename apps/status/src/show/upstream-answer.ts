import { tenantOfAccount } from '@collection-sync/core';
import type { z } from 'zod';
import type { Scope } from '../auth/scope.js';
import type { upstreamAnswer } from '../map/tenants.contract.js';
import type { UpstreamRow } from '../store/upstreams.js';

export const toUpstreamAnswer = (row: UpstreamRow): z.input<typeof upstreamAnswer> => ({
  ...row,
  since: row.since.toISOString(),
  checkedAt: row.checkedAt.toISOString(),
  reportedAt: row.reportedAt.toISOString(),
  lastSuccess: row.lastSuccess?.toISOString() ?? null,
});

/** The site is of everybody: what it says, whole tenants wait for. */
export const isUpstreamIn = (scope: Scope, { kind, name }: Pick<UpstreamRow, 'kind' | 'name'>): boolean =>
  kind === 'site' || scope.holds({ tenant: tenantOfAccount(name) });
