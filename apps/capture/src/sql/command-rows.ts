import type { CollectionType } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

export interface CommandRow {
  id: string;
  kind: 'full' | 'incremental' | 'preview' | 'resend';
  target: string;
  tenant: string;
  group_id: string;
  collection: string | null;
  collection_type: CollectionType | null;
  expired: boolean;
  asked: number | null;
  base: number | null;
  failed_why: string | null;
}

/** The oldest command that nobody has acted on and nobody else is looking at; one for an unknown target waits for its mapping. */
export const nextCommand = async (tx: Tx): Promise<CommandRow | undefined> => {
  const [row] = await tx.query<CommandRow>(
    `select m.*, m.expires_at <= clock_timestamp() as expired from command m
     where m.state = 'new' and (m.expires_at <= clock_timestamp()
       or m.kind = 'preview' and coalesce(m.collection, (select collection from target t where t.target = m.target)) is not null
       or exists (select from target t where t.target = m.target))
     order by m.created_at limit 1 for update of m skip locked`,
  );
  return row;
};

export const dropCommand = async (tx: Tx, id: string): Promise<void> => {
  await tx.query('delete from command where id = $1', [id]);
};

/** The command waits for the read that it asked for. */
export const keepWaiting = async (
  tx: Tx,
  waiting: { id: string; collection: string; collectionType: CollectionType; asked: number; base: number | null },
): Promise<void> => {
  await tx.query(
    `update command set state = 'waiting', collection = $2, collection_type = $3, asked = $4, base = $5 where id = $1`,
    [waiting.id, waiting.collection, waiting.collectionType, waiting.asked, waiting.base],
  );
};

/** Commands that a read answers which began with these asks. */
export const waitingCommands = (tx: Tx, collection: string, asked: number): Promise<CommandRow[]> =>
  tx.query<CommandRow>(
    `select *, expires_at <= clock_timestamp() as expired from command
     where collection = $1 and state = 'waiting' and asked <= $2 order by created_at for update`,
    [collection, asked],
  );

export const noteCommandFailure = async (tx: Tx, id: string, why: string): Promise<void> => {
  await tx.query('update command set failed_why = $2 where id = $1', [id, why]);
};
