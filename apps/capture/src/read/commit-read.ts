import { AppError, type ReadProof } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from '../context.js';
import { publishCollections } from '../publish.js';
import { reportIncomplete } from './report-incomplete.js';
import { lockCollection, type CollectionRow } from '../store/collections.js';
import {
  MANY_ROWS,
  type SavedRead,
  addJoiners,
  countStaged,
  refreshStatistics,
  saveNames,
  saveRead,
  tombstoneLeavers,
} from '../store/reads.js';
import { shareIdentities } from '../store/resources.js';

export interface StagedRead extends Omit<SavedRead, 'version'> {
  /** tombstones for no others than these */
  readonly only?: readonly number[];
}

/**
 * Commits a read in one transaction: joiners and, if it is complete, leavers get the next version. Dropped when a later read has committed.
 * Returns whether it was committed.
 */
export const commitRead = async (context: CaptureContext, read: StagedRead): Promise<boolean> => {
  const { collection, readNo, proof } = read;
  const committed = await context.database.transaction(async (tx) => {
    await shareIdentities(tx);
    const row = await lockCollection(tx, collection);
    if (!row || row.committedRead > readNo) return undefined;
    await refuseLostRows(tx, read);
    const { version, changes } = await mergeStage(tx, row, read);
    await saveRead(tx, { ...read, version, proof: withSince(proof, row.lastRead) });
    await reportIncomplete(context, tx, read);
    await publishCollections(context, tx, [collection]);
    await tx.query('delete from stage where collection = $1 and read_no = $2', [collection, readNo]);
    return { changes, before: row.lastRead };
  });
  if (committed) logRead(context, read, committed.before);
  else context.log.info({ collection, ...proof }, 'a read came too late and was dropped');
  if (committed && committed.changes >= MANY_ROWS) {
    await refreshStatistics(context.database, 'membership');
    await refreshStatistics(context.database, 'resource');
  }
  await context.settings.onPoint?.('capture.version-committed');
  return committed !== undefined;
};

/** A reason that lasts is said once. */
const logRead = ({ log }: CaptureContext, { collection, proof }: StagedRead, before: ReadProof | null): void => {
  const fields = { collection, ...proof };
  const wasComplete = before === null || before.verdict === 'complete';
  if (proof.verdict === 'complete')
    log[wasComplete ? 'debug' : 'info'](fields, `a read was complete${wasComplete ? '' : ' again'}`);
  else
    log[!wasComplete && before.why === proof.why ? 'debug' : 'warn'](
      fields,
      `a read was not complete: ${proof.why ?? ''}`,
    );
};

/** Since when no read was complete: what began with an earlier read goes on. */
const withSince = (proof: ReadProof, before: ReadProof | null): ReadProof => {
  if (proof.verdict === 'complete') return proof;
  return { ...proof, incompleteSince: (before?.verdict !== 'complete' && before?.incompleteSince) || proof.at };
};

/** The staging table does not survive a crash of the server. */
const refuseLostRows = async (tx: Tx, { collection, readNo, proof }: StagedRead): Promise<void> => {
  const { rows, distinct } = await countStaged(tx, collection, readNo);
  if (rows !== proof.rows || distinct !== proof.distinct)
    throw new AppError('DATABASE_UNAVAILABLE', 'Staged rows were lost; the collection is read again.');
};

/** The version of the content afterwards is a new one only if something changed, or if this is the first complete read. */
const mergeStage = async (
  tx: Tx,
  row: CollectionRow,
  { collection, readNo, proof, only }: StagedRead,
): Promise<{ version: number; changes: number }> => {
  const complete = proof.verdict === 'complete';
  const [next] = await tx.query<{ version: number }>('select next_version($1) as version', [row.version]);
  const merge = { collection, readNo, version: next!.version };
  await saveNames(tx, merge);
  const joined = await addJoiners(tx, merge);
  const left = complete ? await tombstoneLeavers(tx, merge, only) : 0;
  const first = complete && row.completeRead === 0;
  const changes = joined + left;
  return { version: changes > 0 || first ? merge.version : row.version, changes };
};
