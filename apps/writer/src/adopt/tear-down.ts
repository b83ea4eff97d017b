import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { noteDone, workOnNext } from '../put-off.js';
import { closeEmptied } from '../guard/plans.js';
import { applyDesiredChanges } from '../merge/apply-desired-changes.js';
import { reportUnwantedNow } from '../report/report-members.js';
import { forgetCandidates } from '../store/candidates.js';
import { forgetEntries, forgetMembers, forgetUnmanaged, touchWanted } from '../store/entries.js';
import { openMergeTables } from '../store/merging.js';
import { lockTargetToTearDown, setDue, storeTornDown, type Target } from '../store/targets.js';
import { release, releaseAtOnce } from '../release.js';
import { withTarget, type TargetSession } from '../target-session.js';

/** Does what a deletion has to do with the ledger of a target, or a step of it: one transaction. True when there may be more. */
export const tearDownNext = (writer: WriterContext): Promise<boolean> =>
  workOnNext(writer, 'deletion', (at) =>
    writer.database.transaction(async (tx) => {
      const target = await lockTargetToTearDown(tx);
      if (!target) return false;
      at(target);
      await withTarget(writer, tx, target, async (session) => {
        await (target.teardown === 'remove' ? removeWanted(session) : forget(session));
        await noteDone(session, 'deletion');
      });
      return true;
    }),
  );

/** Members stay as they are, and nothing is remembered of why. */
const forget = async (session: TargetSession): Promise<void> => {
  const { writer, tx, target } = session;
  const { tearDownRows } = writer.settings;
  if ((await forgetEntries(tx, target.id, tearDownRows)) + (await forgetMembers(tx, target.id, tearDownRows)) > 0)
    return;
  await closeEmptied(session);
  await finish(tx, target);
  // a call under way may still land, but nothing of the mapping waits for it
  if (target.state === 'deleting') await releaseAtOnce(session);
};

/**
 * What others put there stays; what the collection wanted is un-wanted, guarded as a whole, and to be removed. Only that one step has all of
 * them in a transaction, since the guard judges them together.
 */
const removeWanted = async (session: TargetSession): Promise<void> => {
  const { writer, tx, target } = session;
  const { tearDownRows } = writer.settings;
  if ((await forgetUnmanaged(tx, target.id, tearDownRows)) > 0) return;
  if (await unwantAll(session)) return;
  if ((await forgetMembers(tx, target.id, tearDownRows)) > 0) return;
  await closeEmptied(session);
  await finish(tx, target);
  if (!(await release(session))) await setDue(tx, target.id, 'incremental', 'deletion with its members');
};

const unwantAll = async (session: TargetSession): Promise<boolean> => {
  const { tx, target } = session;
  await openMergeTables(tx);
  if ((await touchWanted(tx, target.id)) === 0) return false;
  await applyDesiredChanges(session);
  await reportUnwantedNow(session);
  return true;
};

const finish = async (tx: Tx, target: Target): Promise<void> => {
  target.teardown = null;
  await forgetCandidates(tx, target.id);
  await storeTornDown(tx, target.id);
};
