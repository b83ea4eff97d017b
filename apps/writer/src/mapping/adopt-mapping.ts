import { partsOfTarget, type Mapping } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { closeEmptied } from '../guard/plans.js';
import { flipWishes } from '../merge/flip-wishes.js';
import { inReport } from '../report/in-report.js';
import type { Report } from '../report/report.js';
import { tellTouched } from '../report/tell-members.js';
import { stopTarget } from '../run/stop-run.js';
import { forgetEntries, forgetMembers, forgetStrangers, touchWanted } from '../sql/entries.js';
import { openMergeTables } from '../sql/merging.js';
import { ensureTarget, lockTarget, setDue, storeMapping, storeMerged, type Target } from '../sql/targets.js';
import { release, releaseAtOnce } from './release.js';

/** Takes up a newer record of a mapping, with what it stops: one transaction. An older one, or the same again, changes nothing. */
export const adoptMapping = (writer: WriterContext, mapping: Mapping): Promise<boolean> =>
  writer.database.transaction(async (tx) => {
    const { tenant, group } = partsOfTarget(mapping.target);
    await ensureTarget(tx, mapping.target, tenant, group);
    const before = await lockTarget(tx, mapping.target);
    if (!before || mapping.version <= before.mappingVersion) return false;
    const why = reasonToStop(before, mapping);
    const moved = before.collection !== null && before.collection !== mapping.collection;
    const target = after(before, mapping, moved);
    await inReport(writer, tx, target, async (report) => {
      if (why !== undefined) await stopTarget(writer, tx, target, report, why);
      await storeMapping(tx, target.id, mapping, target.merged);
      if (mapping.state === 'deleting' && mapping.onDelete === 'remove') await removeWanted(writer, tx, target, report);
      else if (mapping.state === 'deleting' || mapping.state === 'deleted') await forget(tx, target, report);
    });
    return true;
  });

/** The version merged of another collection is forgotten. */
const after = (before: Target, mapping: Mapping, moved: boolean): Target => ({
  ...before,
  collection: mapping.collection,
  collectionType: mapping.collectionType,
  state: mapping.state,
  onDelete: mapping.onDelete ?? null,
  policy: mapping.policy,
  mappingVersion: mapping.version,
  activated: mapping.activated,
  merged: moved ? 0 : before.merged,
  released: false,
});

const reasonToStop = (before: Target, mapping: Mapping): string | undefined => {
  if (before.state === 'unmapped') return undefined;
  if (mapping.state === 'paused') return `paused by ${mapping.pausedBy ?? 'operator'}`;
  if (mapping.state !== 'active') return 'the mapping is deleted';
  if (before.collection !== mapping.collection) return 'the group was given to another collection';
  return before.activated === mapping.activated ? undefined : 'the mapping was resumed';
};

/** Members stay as they are, and nothing is remembered of why. */
const forget = async (tx: Tx, target: Target, report: Report): Promise<void> => {
  await forgetEntries(tx, target.id);
  await forgetMembers(tx, target.id);
  await closeEmptied(tx, target, report);
  target.merged = 0;
  await storeMerged(tx, target.id, 0, 0);
  // a call under way may still land, but nothing of the mapping waits for it
  if (target.state === 'deleting') await releaseAtOnce(tx, target, report);
};

/** What others put there stays; what the collection wanted is un-wanted, guarded, and to be removed. */
const removeWanted = async (writer: WriterContext, tx: Tx, target: Target, report: Report): Promise<void> => {
  await openMergeTables(tx);
  await forgetStrangers(tx, target.id);
  await touchWanted(tx, target.id);
  await flipWishes(writer, tx, target, report);
  await forgetMembers(tx, target.id);
  await closeEmptied(tx, target, report);
  await tellTouched(tx, target, report);
  if (!(await release(tx, target, report))) await setDue(tx, target.id, 'incremental', 'deletion with its members');
};
