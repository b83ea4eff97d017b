import type { Tx } from '@collection-sync/postgres';

/**
 * Commits of reads share this lock and changes of identities hold it alone, until their transaction ends: a member that joins a
 * collection while its identity changes is otherwise stamped by neither.
 */
export const shareIdentities = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock_shared(hashtextextended(current_schema() || ' identities', 0))`);
};

export const holdIdentities = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' identities', 0))`);
};
