import type { Tx } from '@collection-sync/postgres';

/** The place of a transfer among those of its target; undefined for one that is not remembered. */
export const transferNo = async (tx: Tx, id: string, target: string): Promise<number | undefined> => {
  const [row] = await tx.query<{ no: number }>('select no from transfer where id = $1 and target = $2', [id, target]);
  return row?.no;
};

/** False for an answer that was heard before, as when the topic is read again. */
export const noteAnswered = async (tx: Tx, target: string, number: number): Promise<boolean> =>
  (await tx.execute('update target set answered = $2 where target = $1 and answered < $2', [target, number])) > 0;

/** The writer has merged a version; with `full`, as the full that was asked for. */
export const noteMerged = async (tx: Tx, target: string, version: number, full: boolean): Promise<void> => {
  await tx.query(
    `update target set merged = greatest(merged, $2), full_reason = case when $3 then null else full_reason end,
       full_sent = full_sent and not $3,
       behind_since = case when greatest(merged, $2) >= sent and (full_reason is null or $3 or not full_sent) then null
         when $2 > merged or $3 then clock_timestamp() else behind_since end,
       resends = case when greatest(merged, $2) >= sent and (full_reason is null or $3 or not full_sent) then 0 else resends end
     where target = $1`,
    [target, version, full],
  );
};

/** The writer has another version than was thought: the target owes its complete content. */
export const noteContentMissing = async (tx: Tx, target: string, version: number): Promise<void> => {
  await tx.query('update target set merged = $2, owed = owed + 1 where target = $1', [target, version]);
};

/** A complete counts for the writer only if it is not older than what it has merged. */
export const raiseVersionAbove = async (tx: Tx, collection: string, version: number): Promise<void> => {
  await tx.query(
    'update collection set version = next_version(greatest(version, $2)) where id = $1 and version <= $2',
    [collection, version],
  );
};
