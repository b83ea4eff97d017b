import { type OutgoingRecord, storableJson } from '@collection-sync/core';
import type { Database } from './database.js';
import type { Queryable, Tx } from './queryable.js';

export interface OutboxRow extends OutgoingRecord {
  readonly id: number;
}

export const outboxChannel = (database: Database): string => `${database.schema}_outbox`;

/** Records that leave with the transaction that they are added in. */
export class Outbox {
  readonly #channel: string;

  constructor(database: Database) {
    this.#channel = outboxChannel(database);
  }

  /** The caller holds the row lock of the records' key, so that the order of one key is the order of its commits. */
  async add(tx: Tx, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return;
    await tx.query(
      `with added as (
         insert into outbox (topic, key, headers, value)
         select topic, key, headers::jsonb, value
         from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as given (topic, key, headers, value, place)
         order by place
       )
       select pg_notify($5, '')`,
      [
        records.map(({ topic }) => topic),
        records.map(({ key }) => key),
        records.map(({ headers }) => storableJson(headers)),
        records.map(({ value }) => value),
        this.#channel,
      ],
    );
  }
}

/** The oldest rows: at most `limit`, and after the first one no more than `bytes`. */
export const oldestOutboxRows = (on: Queryable, limit: number, bytes: number): Promise<OutboxRow[]> =>
  on.query<OutboxRow>(
    `select id, topic, key, headers, value
     from (
       select *, sum(octet_length(value)) over (order by id rows between unbounded preceding and 1 preceding) as before
       from (select id, topic, key, headers, value from outbox order by id limit $1) as oldest
     ) as measured
     where coalesce(before, 0) + octet_length(value) <= $2 or before is null
     order by id`,
    [limit, bytes],
  );

export const deleteOutboxRows = (on: Queryable, ids: number[]): Promise<number> =>
  on.execute('delete from outbox where id = any ($1::bigint[])', [ids]);

/** How many records wait, and for how many seconds the oldest one has. */
export const outboxLag = async (on: Queryable): Promise<{ rows: number; oldestSeconds: number }> => {
  const [lag] = await on.query<{ rows: number; oldestSeconds: number }>(
    `select count(*) as rows, coalesce(greatest(0, extract(epoch from now() - min(created_at))), 0)::float8 as "oldestSeconds"
     from outbox`,
  );
  return lag ?? { rows: 0, oldestSeconds: 0 };
};
