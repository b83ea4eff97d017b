import type { WriterContext } from '../context.js';
import { readDrift } from '../store/drift.js';
import { activeTargets, lockTargetById } from '../store/targets.js';
import { withTarget } from '../target-session.js';

const PAGE = 500;

/** Tells of every active target what was merged last: it shows capture that a database was restored. */
export const reportLedgerVersions = async (writer: WriterContext, signal: AbortSignal): Promise<void> => {
  for (let after = 0; ;) {
    const ids = await activeTargets(writer.database, after, PAGE);
    for (const id of ids) {
      if (signal.aborted) return;
      await reportTarget(writer, id);
    }
    if (ids.length < PAGE) return;
    after = ids.at(-1) ?? after;
  }
};

const reportTarget = (writer: WriterContext, id: number): Promise<void> =>
  writer.database.transaction(async (tx) => {
    const target = await lockTargetById(tx, id);
    if (target?.state !== 'active') return;
    await withTarget(writer, tx, target, async ({ report }) =>
      report.run({ event: 'ledger-version', version: target.merged, drift: await readDrift(tx, id) }),
    );
  });
