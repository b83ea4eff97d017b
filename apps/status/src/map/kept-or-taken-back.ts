import type { Database, Tx } from '@collection-sync/postgres';

/** Carries the result out of a transaction that is rolled back. */
class TakenBack<T> extends Error {
  override readonly name = 'TakenBack';

  constructor(readonly result: T) {
    super('This was only tried.');
  }
}

/** A transaction. A dry run does everything that the act does, and takes it back. */
export const keptOrTakenBack = async <T>(
  database: Database,
  dryRun: boolean | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  if (!dryRun) return database.transaction(work);
  try {
    return await database.transaction(async (tx) => {
      throw new TakenBack(await work(tx));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as T;
    throw error;
  }
};
