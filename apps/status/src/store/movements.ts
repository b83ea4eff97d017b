import type { Queryable } from '@collection-sync/postgres';
import type { MemberChanges } from '../project/member-changes.js';

/** A movement is written once, when the projection first sees it, and goes with its run. */
export interface MovementRow {
  number: number;
  key: string;
  change: 'joined' | 'left' | 'failed';
  resource: number | null;
  object: string | null;
  name: string;
  code: string | null;
}

const COLUMNS = 'number, key, change, resource, object, name, code';

/** Compares what is about to be written with what is there: who joins or fails was not so before, who leaves was in the group. */
export const recordMovements = async (
  tx: Queryable,
  no: number,
  { writes, departures }: MemberChanges,
): Promise<void> => {
  const told = [
    ...[...writes.values()].filter(({ wanted, state }) => wanted && (state === 'applied' || state === 'failed')),
    ...[...departures.values()].map((row) => ({ ...row, state: 'removed' })),
  ];
  if (told.length === 0) return;
  await tx.query(
    `insert into movement (target_no, number, key, change, resource, object, name, sort, code)
     select $1, g.number, g.key, case g.state when 'applied' then 'joined' when 'removed' then 'left' else 'failed' end,
       g.resource, g.object, g.name, g.sort, g.code
     from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
       as g (number, key, state, resource, object, name, sort, code)
     left join member b on b.target_no = $1 and b.key = g.key
     left join member r on g.state = 'removed' and r.target_no = $1 and r.key = g.resource::text
     where case g.state
       when 'applied' then b.state is distinct from 'applied'
       when 'failed' then (b.state, b.code) is distinct from ('failed', g.code)
       else b.key is not null or (r.state = 'applied' and r.object = g.object) end
     on conflict do nothing`,
    [
      no,
      told.map(({ number }) => number),
      told.map(({ key }) => key),
      told.map(({ state }) => state),
      told.map(({ resource }) => resource),
      told.map(({ object }) => object),
      told.map(({ name }) => name),
      told.map(({ name }) => name.toLowerCase()),
      told.map(({ code }) => code),
    ],
  );
};

/** What moved in a group between two moments, in order. */
export const pageOfMovements = (
  db: Queryable,
  no: number,
  between: { from: Date; to: Date | null },
  filter: { change?: MovementRow['change'] | undefined; limit: number },
  after?: readonly (string | number | null)[],
): Promise<MovementRow[]> =>
  db.query<MovementRow>(
    `select ${COLUMNS} from movement
     where target_no = $1 and number >= floor(extract(epoch from $2::timestamptz) * 1000)
       and ($3::timestamptz is null or number <= ceil(extract(epoch from $3::timestamptz) * 1000))
       and ($4::text is null or change = $4) and ($5::bigint is null or (number, key, change) > ($5, $6, $7))
     order by number, key, change limit $8`,
    [
      no,
      between.from,
      between.to,
      filter.change ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      after?.[2] ?? null,
      filter.limit + 1,
    ],
  );

/** What happened to whoever has this name, newest first. */
export const movementsOf = (db: Queryable, no: number, name: string, limit: number): Promise<MovementRow[]> =>
  db.query<MovementRow>(
    `select ${COLUMNS} from movement where target_no = $1 and sort = $2 order by number desc limit $3`,
    [no, name.toLowerCase(), limit],
  );
