import type { CollectionType, Command } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

/** Keeps a command to be acted on, once per id, and not when it has expired by the database's clock. Returns whether it is new. */
export const saveCommand = async (tx: Tx, command: Command): Promise<boolean> =>
  (await tx.execute(
    `with seen as (
       insert into command_seen (id, expires_at) values ($1, $8) on conflict (id) do nothing returning id
     )
     insert into command (id, kind, target, tenant, group_id, collection, collection_type, expires_at)
     select id, $2, $3, $4, $5, $6, $7, $8 from seen where $8::timestamptz > clock_timestamp()`,
    [
      command.id,
      command.kind,
      command.target,
      command.tenant,
      command.group,
      command.collection ?? null,
      command.collectionType ?? null,
      command.expiresAt,
    ],
  )) > 0;

/** A command. A preview that was sent waits again when a mirror becomes ready, since the resolver drops what it has no mirror for. */
export interface CommandRow {
  id: string;
  kind: 'full' | 'incremental' | 'preview' | 'resend';
  target: string;
  tenant: string;
  group: string;
  collection: string | null;
  collectionType: CollectionType | null;
  expired: boolean;
  requested: number | null;
  base: number | null;
  failedWhy: string | null;
}

const COMMAND = `m.id, m.kind, m.target, m.tenant, m.group_id as "group", m.collection, m.collection_type as "collectionType",
  m.asked as requested, m.base, m.failed_why as "failedWhy", m.expires_at <= clock_timestamp() as expired`;

/** The oldest command that nobody has acted on and nobody else is looking at; one for an unknown target waits for its mapping. */
export const nextCommand = async (tx: Tx): Promise<CommandRow | undefined> => {
  const [row] = await tx.query<CommandRow>(
    `select ${COMMAND} from command m
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

/** The command waits for the read that it requests. */
export const keepWaiting = async (
  tx: Tx,
  waiting: { id: string; collection: string; collectionType: CollectionType; requested: number; base: number | null },
): Promise<void> => {
  await tx.query(
    `update command set state = 'waiting', collection = $2, collection_type = $3, asked = $4, base = $5 where id = $1`,
    [waiting.id, waiting.collection, waiting.collectionType, waiting.requested, waiting.base],
  );
};

/** Commands that a read answers which began with these requests. */
export const waitingCommands = (tx: Tx, collection: string, requested: number): Promise<CommandRow[]> =>
  tx.query<CommandRow>(
    `select ${COMMAND} from command m
     where collection = $1 and state = 'waiting' and asked <= $2 order by created_at for update`,
    [collection, requested],
  );

/** The content of a preview is out; it goes again if a mirror of its tenant has become ready since that was planned. */
export const recordPreviewSent = async (tx: Tx, id: string, tenantSince: string): Promise<void> => {
  await tx.query(
    `update command m set state = case when n.since = $2 then 'sent' else 'waiting' end
     from tenant n where n.tenant = m.tenant and m.id = $1 and m.state = 'waiting'`,
    [id, tenantSince],
  );
};

export const sendPreviewsAgain = async (tx: Tx, tenant: string): Promise<void> => {
  await tx.query(`update command set state = 'waiting' where tenant = $1 and kind = 'preview' and state = 'sent'`, [
    tenant,
  ]);
};

/** Drops the previews that the writer has answered. */
export const dropAnswered = async (db: Queryable, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await db.query(`delete from command where id = any ($1::uuid[]) and kind = 'preview'`, [ids]);
};

export const recordCommandFailure = async (tx: Tx, id: string, why: string): Promise<void> => {
  await tx.query('update command set failed_why = $2 where id = $1', [id, why]);
};
