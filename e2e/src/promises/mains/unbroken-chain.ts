import { TOPICS, type OutgoingRecord } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** Safeguard left out: every delta claims to begin where the writer's ledger is, so that none looks as if one before it were missing. */
export const unbrokenChain =
  (database: Database) =>
  async (record: OutgoingRecord): Promise<OutgoingRecord> => {
    if (record.topic !== TOPICS.membershipChange) return record;
    const [found] = await database.query<{ merged: number }>(`select merged from writer.target where target = $1`, [
      record.key,
    ]);
    const change = JSON.parse(record.value) as { content: string; from: number };
    return change.content === 'delta' && found
      ? { ...record, value: JSON.stringify({ ...change, from: found.merged }) }
      : record;
  };
