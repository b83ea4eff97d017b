import type { CommandKind } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import type { CommandAnswer } from './commands.contract.js';

export interface CommandRow {
  id: string;
  kind: CommandKind;
  target: string;
  collection: string | null;
  plan: string | null;
  state: CommandAnswer['state'];
  issuedAt: Date;
  expiresAt: Date;
  issuedBy: string;
  answeredAt: Date | null;
  message: string | null;
}

const COLUMNS = `id, kind, target, collection, plan, issued_at as "issuedAt", expires_at as "expiresAt", issued_by as "issuedBy",
  answered_at as "answeredAt", message,
  case when accepted then 'accepted' when not accepted then 'refused' when expires_at < now() then 'expired' else 'sent' end as state`;

export const insertCommand = async (
  tx: Queryable,
  command: {
    id: string;
    kind: CommandKind;
    target: string;
    collection: string | null;
    plan: string | null;
    by: string;
    seconds: number;
  },
): Promise<CommandRow> => {
  const [row] = await tx.query<CommandRow>(
    `insert into command (id, kind, target, collection, plan, issued_by, issued_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now()), date_trunc('milliseconds', now()) + make_interval(secs => $7)) returning ${COLUMNS}`,
    [command.id, command.kind, command.target, command.collection, command.plan, command.by, command.seconds],
  );
  if (!row) throw new Error('a command was written, but did not come back');
  return row;
};

export const findCommand = async (on: Queryable, id: string): Promise<CommandRow | undefined> =>
  (await on.query<CommandRow>(`select ${COLUMNS} from command where id = $1`, [id]))[0];

export const pageOfCommands = (
  on: Queryable,
  target: string,
  before: readonly [string, string] | undefined,
  limit: number,
): Promise<CommandRow[]> =>
  on.query<CommandRow>(
    `select ${COLUMNS} from command where target = $1 and ($2::timestamptz is null or (issued_at, id) < ($2, $3::uuid))
     order by issued_at desc, id desc limit $4`,
    [target, before?.[0] ?? null, before?.[1] ?? null, limit + 1],
  );

export const toCommandAnswer = (row: CommandRow): CommandAnswer => ({
  id: row.id,
  kind: row.kind,
  target: row.target,
  collectionId: row.collection,
  planId: row.plan,
  state: row.state,
  issuedAt: row.issuedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  issuedBy: row.issuedBy,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  message: row.message,
});
