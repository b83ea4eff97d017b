import type { Command } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';

/** Keeps a command to be acted on, once per id, and not when it has expired by the database's clock. Answers whether it is new. */
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
