import type { Queryable } from '@collection-sync/postgres';

/** A movement is written once, when the projection first sees it, and goes with its run. */
export interface Movement {
  /** of the record that said so: a time in milliseconds */
  number: number;
  key: string;
  change: (typeof CHANGES)[number];
  resource: number | null;
  object: string | null;
  name: string;
  code: string | null;
}

/** In the order in which they follow each other, where one record says several. */
export const CHANGES = ['leftCollection', 'left', 'joinedCollection', 'resolved', 'failed', 'joined'] as const;
/** What happens to the group, not to the collection. */
export const GROUP_CHANGES = ['joined', 'left', 'failed'] as const;

export type GroupMovement = Movement & { change: (typeof GROUP_CHANGES)[number] };

const COLUMNS = 'number, key, change, resource, object, name, code';

export const storeMovements = async (tx: Queryable, no: number, told: readonly Movement[]): Promise<void> => {
  if (told.length === 0) return;
  await tx.query(
    `insert into movement (target_no, number, key, change, resource, object, name, sort, code)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
     on conflict do nothing`,
    [
      no,
      told.map(({ number }) => number),
      told.map(({ key }) => key),
      told.map(({ change }) => change),
      told.map(({ resource }) => resource),
      told.map(({ object }) => object),
      told.map(({ name }) => name),
      told.map(({ name }) => name.toLowerCase()),
      told.map(({ code }) => code),
    ],
  );
};

/** Who joined, left or failed in a group between two moments, in order. */
export const pageOfMovements = (
  db: Queryable,
  no: number,
  between: { from: Date; to: Date | null },
  filter: { change?: GroupMovement['change'] | undefined; limit: number },
  after?: readonly (string | number | null)[],
): Promise<GroupMovement[]> =>
  db.query<GroupMovement>(
    `select ${COLUMNS} from movement
     where target_no = $1 and number >= floor(extract(epoch from $2::timestamptz) * 1000)::bigint
       and number <= coalesce(ceil(extract(epoch from $3::timestamptz) * 1000)::bigint, 9223372036854775807)
       and change = any ($4::text[]) and ($5::bigint is null or (number, key, change) > ($5, $6, $7))
     order by number, key, change limit $8`,
    [
      no,
      between.from,
      between.to,
      filter.change === undefined ? GROUP_CHANGES : [filter.change],
      after?.[0] ?? null,
      after?.[1] ?? null,
      after?.[2] ?? null,
      filter.limit + 1,
    ],
  );

/** What happened to whoever has this name, newest first. */
export const movementsOf = (db: Queryable, no: number, name: string, limit: number): Promise<Movement[]> =>
  db.query<Movement>(
    `select ${COLUMNS} from movement where target_no = $1 and sort = $2
     order by number desc, array_position($4::text[], change) desc limit $3`,
    [no, name.toLowerCase(), limit, CHANGES],
  );
