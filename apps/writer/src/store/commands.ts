import { partsOfTarget, type Command, type CommandKind } from '@collection-sync/core';
import type { Queryable, Tx } from '@collection-sync/postgres';
import { requestListing } from './full-reasons.js';
import type { SnapshotProgress } from '../report/report-members.js';

export interface StoredCommand {
  id: string;
  target: string;
  kind: CommandKind;
  collection: string | null;
  plan: string | null;
  /** a rejection for good: full runs leave these members too */
  keep: boolean;
  /** an approval of only these of the plan */
  objects: string[] | null;
  by: string;
  expired: boolean;
  /** how far a report has come that goes out in steps */
  progress: SnapshotProgress | null;
}

/** Capture serves a full command, and the content that it sends names it so. Here only what the run is to do of it is remembered. */
export const storeListingRequests = async (tx: Tx, commands: readonly Command[]): Promise<void> => {
  await ensureTargets(tx, commands);
  for (const { id, target } of commands) await requestListing(tx, target, `command:${id}`);
};

/** A row for each group that nothing was known of. */
const ensureTargets = (tx: Tx, commands: readonly Command[]): Promise<number> => {
  const parts = commands.map(({ target }) => partsOfTarget(target));
  return tx.execute(
    `insert into target (target, tenant, group_id)
     select distinct * from unnest($1::text[], $2::text[], $3::text[]) on conflict (target) do nothing`,
    [commands.map(({ target }) => target), parts.map(({ tenant }) => tenant), parts.map(({ group }) => group)],
  );
};

/** An id is stored, and so acted on, once. */
export const storeCommands = async (tx: Tx, commands: readonly Command[]): Promise<number> => {
  await ensureTargets(tx, commands);
  return tx.execute(
    `insert into command (id, target, kind, collection, plan, by, expires_at, keep, objects)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[], $8::boolean[], $9::jsonb[])
     on conflict (id) do nothing`,
    [
      commands.map(({ id }) => id),
      commands.map(({ target }) => target),
      commands.map(({ kind }) => kind),
      commands.map(({ collection }) => collection ?? null),
      commands.map(({ plan, part }) => plan ?? part?.plan ?? null),
      commands.map(({ by }) => by),
      commands.map(({ expiresAt }) => expiresAt),
      commands.map(({ keep }) => keep ?? false),
      commands.map(({ part }) => (part ? JSON.stringify(part.objects) : null)),
    ],
  );
};

/** Reports go out beside the other commands, which are short: nobody waits for one. Comparisons are claimed; see comparisons.ts. */
export type CommandQueue = 'reports' | 'others';

/** The oldest command of the queue that nobody has acted on and whose target nobody is at work on; the row of the target is locked too. */
export const lockCommand = async (tx: Tx, queue: CommandQueue): Promise<StoredCommand | undefined> =>
  (
    await tx.query<StoredCommand>(
      `select c.id, c.target, c.kind, c.collection, c.plan, c.keep, c.objects, c.by, c.progress, c.expires_at <= clock_timestamp() as expired
       from command c join target t on t.target = c.target
       where c.acted_at is null and (c.kind = 'report') = ($1 = 'reports') and c.kind <> 'compare'
       order by c.arrived limit 1 for update skip locked`,
      [queue],
    )
  )[0];

/** The other reports of its target that wait. The caller holds the row of the target, as whoever acts does. */
export const otherReports = (
  tx: Tx,
  { id, target }: StoredCommand,
): Promise<Pick<StoredCommand, 'id' | 'kind' | 'collection'>[]> =>
  tx.query(
    `select id, kind, collection from command where target = $1 and kind = 'report' and acted_at is null and id <> $2 order by arrived`,
    [target, id],
  );

export const storeProgress = (tx: Tx, id: string, progress: SnapshotProgress): Promise<number> =>
  tx.execute(`update command set progress = $2::jsonb where id = $1`, [id, JSON.stringify(progress)]);

/** Nobody has acted on it. The caller holds the row of its target, as whoever acts does. */
export const isWaiting = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.query('select 1 from command where id = $1 and acted_at is null', [id])).length > 0;

export const markActed = (tx: Tx, id: string): Promise<unknown> =>
  tx.query(`update command set acted_at = clock_timestamp() where id = $1`, [id]);

/** Longer than the topic keeps them. */
export const dropOldCommands = (db: Queryable): Promise<number> =>
  db.execute(
    `delete from command where acted_at < clock_timestamp() - interval '8 days' and expires_at < clock_timestamp()`,
  );
