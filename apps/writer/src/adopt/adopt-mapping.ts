import { partsOfTarget, type Mapping } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { noteDone, workOnNext } from '../put-off.js';
import { stopTarget } from '../run/stop-run.js';
import { ensureTarget, lockTarget, setDue, storeMapping, storeMerged, type Target } from '../store/targets.js';
import { takeMapping } from '../store/mappings.js';
import { withTarget } from '../target-session.js';

/** Adopts the mapping that waits longest, if nobody is at work on its target. True when there may be more. */
export const adoptNext = (writer: WriterContext): Promise<boolean> =>
  workOnNext(writer, 'mapping', (at) =>
    writer.database.transaction(async (tx) => {
      const mapping = await takeMapping(tx);
      if (!mapping) return false;
      at(mapping);
      await adoptMapping(writer, tx, mapping);
      return true;
    }),
  );

/**
 * Takes up a newer record of a mapping, with what it stops. An older one, or the same again, changes nothing. What a deletion does to the
 * ledger is left to `tearDownNext`; until then nothing is merged into it and nothing runs.
 */
const adoptMapping = async (writer: WriterContext, tx: Tx, mapping: Mapping): Promise<void> => {
  const { tenant, group } = partsOfTarget(mapping.target);
  await ensureTarget(tx, mapping.target, tenant, group);
  const before = await lockTarget(tx, mapping.target);
  if (!before || mapping.version <= before.mappingVersion) return;
  const why = reasonToStop(before, mapping);
  const target = after(before, mapping);
  await withTarget(writer, tx, target, async (session) => {
    if (why !== undefined) await stopTarget(session, why);
    await storeMapping(tx, target.id, mapping, target);
    if (target.teardown === 'leave') await storeMerged(tx, target.id, 0, 0);
    await resumeDeletion(tx, target);
    await noteDone(session, 'mapping');
  });
};

/** A deletion whose ledger is un-wanted already goes on where it was cancelled, or stopped by the switch of its tenant. */
const resumeDeletion = async (tx: Tx, target: Target): Promise<void> => {
  if (target.state !== 'deleting' || target.pausedBy !== null || target.teardown !== null) return;
  await setDue(tx, target.id, 'incremental', 'deletion with its members');
};

const after = (before: Target, mapping: Mapping): Target => {
  const moved = before.collection !== null && before.collection !== mapping.collection;
  const teardown = teardownAfter(before, mapping);
  return {
    ...before,
    collection: mapping.collection,
    collectionType: mapping.collectionType,
    state: mapping.state,
    onDelete: mapping.onDelete ?? null,
    pausedBy: mapping.pausedBy ?? null,
    teardown,
    policy: mapping.policy,
    mappingVersion: mapping.version,
    activated: mapping.activated,
    // the version merged of another collection is forgotten
    merged: moved || teardown === 'leave' ? 0 : before.merged,
    released: false,
  };
};

/** A ledger that was to be forgotten is forgotten, whatever comes after it. */
const teardownAfter = (before: Target, { state, onDelete = 'leave' }: Mapping): Target['teardown'] => {
  if (before.teardown === 'leave' || state === 'deleted') return 'leave';
  if (state !== 'deleting') return null;
  const again = before.state === 'deleting' && before.onDelete === onDelete;
  return again ? before.teardown : onDelete;
};

const reasonToStop = (before: Target, mapping: Mapping): string | undefined => {
  if (before.state === 'unmapped') return undefined;
  if (mapping.state === 'paused') return `paused by ${mapping.pausedBy ?? 'operator'}`;
  if (mapping.state === 'deleting' && mapping.pausedBy) return `the deletion is stopped by ${mapping.pausedBy}`;
  const again = before.state === 'deleting' && mapping.state === 'deleting' && before.onDelete === mapping.onDelete;
  if (again) return undefined;
  if (mapping.state !== 'active') return 'the mapping is deleted';
  if (before.collection !== mapping.collection) return 'the group was given to another collection';
  return before.activated === mapping.activated ? undefined : 'the mapping was resumed';
};
