import type { WriterContext } from '../context.js';
import { copiesToCount, recountDrift } from '../store/drift.js';
import { lockTargetById } from '../store/targets.js';
import { withTarget } from '../target-session.js';

/** Tells what others changed in the groups of a feed, where that is not what was told last. */
export const reportDrift = async (writer: WriterContext, feed: number): Promise<void> => {
  const { database, settings } = writer;
  for (const id of await copiesToCount(database, feed)) {
    await database.transaction(async (tx) => {
      const target = await lockTargetById(tx, id);
      if (!target) return;
      const drift = await recountDrift(tx, id, settings.listingLagMs);
      if (!drift) return;
      await withTarget(writer, tx, target, async ({ report }) =>
        report.run({ event: 'ledger-version', version: target.merged, drift }),
      );
    });
  }
};
