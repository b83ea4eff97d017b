import type { Database, Queryable, Tx } from '@collection-sync/postgres';

export const CHANGE_KINDS = [
  'collection',
  'target',
  'mapping',
  'run',
  'plan',
  'command',
  'preview',
  'upstream',
  'tenant',
  'dead-letter',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly no: number;
  readonly kind: ChangeKind;
  /** id of what changed: a collection, `tenant/group`, a run, … */
  readonly key: string;
  readonly at: Date;
}

export const changeChannel = (database: Database): string => `${database.schema}_change`;

/** Tells every replica's live streams, with the commit. */
export const noteChanges = async (
  tx: Tx,
  channel: string,
  kind: ChangeKind,
  keys: readonly string[],
): Promise<void> => {
  if (keys.length === 0) return;
  await tx.query(
    `with told as (insert into change (kind, key) select $1, key from unnest($2::text[]) as given (key))
     select pg_notify($3, '')`,
    [kind, [...new Set(keys)], channel],
  );
};

/** Changes of the last `seconds`, oldest first. A number may become visible after a higher one, so readers look back. */
export const recentChanges = (on: Queryable, seconds: number): Promise<Change[]> =>
  on.query<Change>(`select no, kind, key, at from change where at > now() - make_interval(secs => $1) order by no`, [
    seconds,
  ]);
