import { asAppError, type CollectionType, slicesOf } from '@collection-sync/core';
import type { Idle } from '@collection-sync/platform';
import type { CaptureContext } from '../context.js';
import { updateIdentities } from './update-identities.js';
import { spendRows } from '../row-budget.js';
import {
  claimIdentityRefresh,
  claimIdentityScan,
  endIdentityRefreshes,
  retryIdentityScan,
  membersWithoutIdentity,
  wantedKinds,
} from '../store/source.js';

/**
 * Once a tick, one replica refreshes members without identity, and those whose identity changed or lost its object, newest first, in a few
 * requests. All identities are scanned daily, and when more members have none than these requests reach, every 15 minutes.
 */
export const refreshIdentities = async (context: CaptureContext, signal: AbortSignal): Promise<Idle | void> => {
  const { database, settings, source } = context;
  if (!(await claimIdentityRefresh(database, settings.tickMs))) return 'idle';
  await endIdentityRefreshes(database);
  let requests = settings.identityRequests;
  let more = false;
  const kinds = await wantedKinds(database);
  for (const kind of kinds) {
    const reach = requests * settings.identityBatch;
    const unknown = await membersWithoutIdentity(database, kind, reach + 1);
    more ||= unknown.length > reach;
    for (const batch of slicesOf(unknown.slice(0, reach), settings.identityBatch)) {
      requests -= 1;
      await updateIdentities(context, kind, (await source.resources(kind, batch, signal)).items);
      await spendRows(context, batch.length, signal);
    }
  }
  const { identityScanMs: scanMs, identityAllMs: allMs } = settings;
  if (kinds.length === 0 || !(await claimIdentityScan(database, { sooner: more, scanMs, allMs }))) return;
  try {
    for (const kind of kinds) await scan(context, kind, signal);
  } catch (error) {
    await retryIdentityScan(database, { scanMs, allMs });
    throw asAppError(error);
  }
};

/** A resource that the scan does not show keeps what is known of it. */
const scan = async (context: CaptureContext, kind: CollectionType, signal: AbortSignal): Promise<void> => {
  let [rows, stamped] = [0, 0];
  for await (const page of context.source.allResources(kind, signal)) {
    rows += page.rows;
    stamped += await updateIdentities(context, kind, page.items);
    await spendRows(context, page.rows, signal);
  }
  context.log.info({ kind, rows, stamped }, 'identities of the source were checked');
};
