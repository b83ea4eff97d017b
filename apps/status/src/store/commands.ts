import { storableJson, type CommandKind } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope, tenantIn } from './in-scope.js';
import type { CommandAnswer } from '../command/commands.contract.js';

/**
 * State of a command: sent → accepted | refused (capture or the writer answered), or expired when its time is over without an answer. An
 * answer that comes later counts.
 */

export interface CommandRow {
  id: string;
  kind: CommandKind;
  target: string;
  collection: string | null;
  /** the collection that it concerns */
  placedIn: string | null;
  plan: string | null;
  state: CommandAnswer['state'];
  issuedAt: Date;
  expiresAt: Date;
  issuedBy: string;
  answeredAt: Date | null;
  message: string | null;
}

/** What status asks for itself names none. */
const PLACED = `coalesce(collection, (select m.collection from mapping m where m.target = command.target))`;

const COLUMNS = `id, kind, target, collection, ${PLACED} as "placedIn", plan, issued_at as "issuedAt", expires_at as "expiresAt", issued_by as "issuedBy",
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

export const findCommand = async (db: Queryable, id: string): Promise<CommandRow | undefined> =>
  (await db.query<CommandRow>(`select ${COLUMNS} from command where id = $1`, [id]))[0];

export const pageOfCommands = (
  db: Queryable,
  scope: string | null,
  target: string,
  before: readonly [string, string] | undefined,
  limit: number,
): Promise<CommandRow[]> =>
  db.query<CommandRow>(
    `select ${COLUMNS} from command where target = $1 and ($2::timestamptz is null or (issued_at, id) < ($2, $3::uuid))
       and ${inScope('$5', tenantIn('target'), PLACED)}
     order by issued_at desc, id desc limit $4`,
    [target, before?.[0] ?? null, before?.[1] ?? null, limit + 1, scope],
  );

export const answerCommands = async (
  tx: Queryable,
  answers: readonly { id: string; accepted: boolean; message: string; at: string }[],
): Promise<void> => {
  if (answers.length === 0) return;
  await tx.query(
    `update command c set accepted = r.accepted, message = r.message, answered_at = r.at
     from (select distinct on (id) * from jsonb_to_recordset($1::jsonb) as given (id uuid, accepted boolean, message text, at timestamptz)
       order by id, at desc) r
     where c.id = r.id`,
    [storableJson(answers)],
  );
};

/** Why a command is not served yet; it stays as it is, and may be served later. */
export const explainCommands = async (
  tx: Queryable,
  reasons: readonly { id: string; message: string }[],
): Promise<void> => {
  if (reasons.length === 0) return;
  await tx.query(
    `update command c set message = r.message
     from (select distinct on (id) id, message
       from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, message text)) with ordinality as given (id, message, place)
       order by id, place desc) r
     where c.id = r.id`,
    [storableJson(reasons)],
  );
};
