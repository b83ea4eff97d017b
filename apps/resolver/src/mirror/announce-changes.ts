import { chunksOf, encodeEvent, TOPICS, type DirectoryChange } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type ResolverContext } from '../context.js';
import { lockDirectory, type SiteIds } from '../store/directories.js';
import type { FeedRow } from '../store/feeds.js';
import type { Difference } from '../store/objects.js';

type Change = DirectoryChange['identities'][number];

/**
 * Publishes, with the change of the mirror itself, whose members are to be resolved again. Whoever reads the mirror before this commit and
 * publishes after it is corrected by what capture sends then; whoever reads later sees the change. A first pass announces nothing: when it
 * ends, every target is sent its whole content.
 */
export const announceChanges = async (
  { outbox, metrics }: ResolverContext,
  tx: Tx,
  feed: FeedRow,
  differences: readonly Difference[],
): Promise<void> => {
  if (!feed.ready || differences.length === 0) return;
  const { now, siteIds } = await lockDirectory(tx, feed.tenant);
  const identities = differences.flatMap((difference) => identitiesOf(feed, difference, siteIds));
  if (identities.length === 0) return;
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

/** By what the site may know the object: its keys now, and those that it had before. */
const identitiesOf = ({ kind }: FeedRow, difference: Difference, siteIds: SiteIds): Change[] => {
  const { object, change, deviceId, sid, upn, oldDeviceId, oldSid, oldUpn } = difference;
  const now: Change = {
    change,
    deviceId: deviceId ?? undefined,
    userId: kind === 'user' ? object : undefined,
    sid: sid ?? undefined,
    upn: upn ?? undefined,
  };
  const before: Change = {
    change: 'changed',
    deviceId: lost(oldDeviceId, deviceId),
    sid: lost(oldSid, sid),
    upn: lost(oldUpn, upn),
  };
  // what the site calls the id of a device may be its object id, until it was found to be the device id
  const byObject: Change[] = kind === 'device' && siteIds.devices !== 'deviceId' ? [{ change, deviceId: object }] : [];
  return [now, before, ...byObject].filter((one) => one.deviceId ?? one.userId ?? one.sid ?? one.upn);
};

const lost = (before: string | null, now: string | null): string | undefined =>
  before === null || before === now ? undefined : before;
