import { REASONS, type Log, slicesOf } from '@collection-sync/core';
import { GROUPS_PER_READ, readGroups, type Group, type MeteredGraph } from '@collection-sync/graph';
import type { Database } from '@collection-sync/postgres';
import { changeChannel, noteChanges } from '../live/live.js';
import { preflightOf } from '../map/preflight.js';
import { refreshOverview } from '../project/refresh-overview.js';
import type { StatusSettings } from '../settings.js';
import {
  claimChecks,
  storeCheck,
  type CheckClaim,
  type CheckResult,
  type GroupProblem,
} from '../store/group-checks.js';

const AT_ONCE = 200;

export interface WatchParts {
  readonly database: Database;
  readonly graph: MeteredGraph;
  readonly log: Log;
  readonly settings: StatusSettings;
}

/**
 * Looks at mapped groups that are due: whether they exist, whether they can be written, and their names. Nothing else notices as long as
 * the collection does not change. A tenant that is away says nothing about its groups. True when there may be more.
 */
export const watchGroups = async (parts: WatchParts, signal?: AbortSignal): Promise<boolean> => {
  const { database, graph, log, settings } = parts;
  const claims = await claimChecks(database, settings.groupCheckSeconds, AT_ONCE);
  for (const [tenant, ofTenant] of Map.groupBy(claims, (claim) => claim.tenant)) {
    if (!graph.has(tenant)) continue;
    try {
      for (const some of slicesOf(ofTenant, GROUPS_PER_READ)) await checkGroups(parts, tenant, some, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      log.warn({ tenant, error }, 'the groups of a tenant could not be looked at; they are, when they are due again');
    }
  }
  return claims.length === AT_ONCE;
};

const checkGroups = async (
  { database, graph, settings }: WatchParts,
  tenant: string,
  claims: readonly CheckClaim[],
  signal: AbortSignal | undefined,
): Promise<void> => {
  const client = graph.client(tenant, { priority: 'low', trafficClass: 'bulk', signal });
  const groups = await readGroups(
    client,
    claims.map(({ group }) => group),
    signal,
  );
  await database.transaction(async (tx) => {
    const changed: CheckClaim[] = [];
    for (const claim of claims) {
      const group = groups.get(claim.group);
      if (group === undefined) continue;
      if (await storeCheck(tx, judge(claim, group, settings.groupAgainSeconds))) changed.push(claim);
    }
    await refreshOverview(
      tx,
      changed.map(({ collection }) => collection),
    );
    await noteChanges(
      tx,
      changeChannel(database),
      'target',
      changed.map(({ target }) => target),
    );
  });
};

/** One look that does not find a group may have met a replica that lags: it is gone when the next one does not find it either. */
const judge = (
  { target, collectionType, absent }: CheckClaim,
  group: Group | null,
  againSeconds: number,
): CheckResult => {
  if (!group) {
    const problem = absent ? GONE : null;
    return { target, absent: true, problem, name: null, againSeconds: absent ? null : againSeconds };
  }
  const [first] = preflightOf(group, collectionType).problems;
  const problem = first
    ? { code: first.code, message: 'The group was changed in Entra ID.', advice: first.message }
    : null;
  return { target, absent: false, problem, name: group.displayName || null, againSeconds: null };
};

const GONE: GroupProblem = {
  code: 'GroupNotFound',
  message: 'Entra ID has no such group any more.',
  advice: REASONS.GroupNotFound.advice,
};
