import { GROUPS_PER_DELTA } from '@collection-sync/graph';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { dropCopies, openFeed, takeSmallFeed, unfollowedTargets } from '../store/copy-plans.js';
import { dropEmptyFeeds } from '../store/feeds.js';

/**
 * Gives groups that no feed follows a feed. A new feed takes over others of at most its own size, so that groups that were mapped one by one
 * are read together in the end, and none is read anew more than a few times for it. True when there may be more.
 */
export const assignFeeds = (writer: WriterContext): Promise<boolean> =>
  writer.database.transaction(async (tx) => {
    await dropCopies(tx);
    let more = false;
    for (const tenant of writer.graph.tenants()) {
      const targets = await unfollowedTargets(tx, tenant, GROUPS_PER_DELTA);
      more ||= targets.length === GROUPS_PER_DELTA;
      if (targets.length > 0) await openFeed(tx, tenant, await withSmallFeeds(tx, tenant, targets));
    }
    await dropEmptyFeeds(tx);
    return more;
  });

const withSmallFeeds = async (tx: Tx, tenant: string, targets: readonly number[]): Promise<number[]> => {
  const all = [...targets];
  const taken: number[] = [];
  for (;;) {
    const small = await takeSmallFeed(tx, tenant, Math.min(all.length, GROUPS_PER_DELTA - all.length), taken);
    if (!small) return all;
    taken.push(small.feed);
    all.push(...small.targets);
  }
};
