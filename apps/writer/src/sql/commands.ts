import type { Command, CommandKind } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';

export interface StoredCommand {
  id: string;
  target: string;
  kind: CommandKind;
  collection: string | null;
  plan: string | null;
  by: string;
  expired: boolean;
}

/** An id is stored, and so acted on, once. */
export const storeCommands = (tx: Tx, commands: readonly Command[]): Promise<number> =>
  tx.execute(
    `insert into command (id, target, kind, collection, plan, by, expires_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[])
     on conflict (id) do nothing`,
    [
      commands.map(({ id }) => id),
      commands.map(({ target }) => target),
      commands.map(({ kind }) => kind),
      commands.map(({ collection }) => collection ?? null),
      commands.map(({ plan }) => plan ?? null),
      commands.map(({ by }) => by),
      commands.map(({ expiresAt }) => expiresAt),
    ],
  );

/** The oldest command that nobody has acted on. */
export const lockCommand = async (tx: Tx): Promise<StoredCommand | undefined> =>
  (
    await tx.query<StoredCommand>(
      `select id, target, kind, collection, plan, by, expires_at <= clock_timestamp() as expired from command
       where acted_at is null order by arrived limit 1 for update skip locked`,
    )
  )[0];

export const markActed = (tx: Tx, id: string): Promise<unknown> =>
  tx.query(`update command set acted_at = clock_timestamp() where id = $1`, [id]);

/** Longer than the topic keeps them. */
export const dropOldCommands = (on: Queryable): Promise<number> =>
  on.execute(
    `delete from command where acted_at < clock_timestamp() - interval '8 days' and expires_at < clock_timestamp()`,
  );
