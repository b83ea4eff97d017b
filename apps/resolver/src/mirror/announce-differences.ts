import { chunksOf, encodeEvent, TOPICS, type DirectoryChange } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type ResolverContext } from '../context.js';
import { lockDirectory } from '../sql/lock-directory.js';
import type { FeedRow } from '../sql/feed-row.js';
import type { Difference } from '../sql/store-objects.js';

type Change = DirectoryChange['identities'][number];

/**
 * Tells, with the change of the mirror itself, whose members are to be looked at again. Whoever looks at the mirror before this commit and
 * publishes after it is corrected by what capture sends then; whoever looks later sees the change. A first pass tells nothing: when it
 * ends every target is owed its whole content.
 */
export const announceDifferences = async (
  { outbox, metrics }: ResolverContext,
  tx: Tx,
  feed: FeedRow,
  differences: readonly Difference[],
): Promise<void> => {
  if (!feed.ready || differences.length === 0) return;
  const identities = differences.flatMap((difference) => identitiesOf(feed, difference));
  if (identities.length === 0) return;
  const { now } = await lockDirectory(tx, feed.tenant);
  const records = [...chunksOf(identities)].map(({ items }) =>
    encodeEvent(
      TOPICS.directoryChange,
      { tenant: feed.tenant, at: now.toISOString(), identities: items },
      SERVICE,
      traceparent(),
    ),
  );
  await outbox.add(tx, records);
  tx.afterCommit(() => {
    for (const { change } of differences) metrics.differences.inc({ kind: feed.kind, change });
  });
};

/** By what the site may know the object: what it answers to now, and what it answered to before. */
const identitiesOf = (feed: FeedRow, difference: Difference): Change[] => {
  const now = identityOf(feed, difference, difference.device_id, difference.sid, difference.upn);
  const before = identityOf(
    feed,
    difference,
    differing(difference, 'device_id'),
    differing(difference, 'sid'),
    differing(difference, 'upn'),
  );
  const changes: Change[] = [now];
  if (before.deviceId ?? before.sid ?? before.upn) changes.push({ ...before, change: 'changed', userId: undefined });
  return changes.filter(({ deviceId, userId, sid, upn }) => deviceId ?? userId ?? sid ?? upn);
};

const identityOf = (
  { kind }: FeedRow,
  { object_id, change }: Difference,
  deviceId: string | null,
  sid: string | null,
  upn: string | null,
): Change => ({
  change,
  deviceId: deviceId ?? undefined,
  userId: kind === 'user' ? object_id : undefined,
  sid: sid ?? undefined,
  upn: upn ?? undefined,
});

const differing = (difference: Difference, name: 'device_id' | 'sid' | 'upn'): string | null =>
  difference[name] === difference[`old_${name}`] ? null : difference[`old_${name}`];
