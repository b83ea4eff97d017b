import { type DeadLetter, storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';

export const projectDeadLetters = (tx: Queryable, events: readonly DeadLetter[]): Promise<unknown> =>
  tx.query(
    `insert into dead_letter (topic, partition, "offset", consumer, key, code, why, at, headers, body, cut)
     select topic, partition, "offset", consumer, key, code, why, at, headers, body, cut
     from jsonb_to_recordset($1::jsonb) as r (topic text, partition integer, "offset" text, consumer text, key text, code text, why text,
       at timestamptz, headers jsonb, body text, cut boolean)
     on conflict do nothing`,
    [storableJson(events)],
  );
