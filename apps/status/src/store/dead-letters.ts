import { type DeadLetter, storableJson } from '@collection-sync/core';
import type { Queryable } from '@collection-sync/postgres';
import { inScope } from './in-scope.js';

export const saveDeadLetters = (tx: Queryable, events: readonly DeadLetter[]): Promise<unknown> =>
  tx.query(
    `insert into dead_letter (topic, partition, "offset", consumer, key, code, why, at, headers, body, cut)
     select topic, partition, "offset", consumer, key, code, why, at, headers, body, cut
     from jsonb_to_recordset($1::jsonb) as r (topic text, partition integer, "offset" text, consumer text, key text, code text, why text,
       at timestamptz, headers jsonb, body text, cut boolean)
     on conflict do nothing`,
    [storableJson(events)],
  );

export interface DeadLetterRow {
  topic: string;
  partition: number;
  offset: string;
  consumer: string;
  key: string;
  code: string;
  why: string;
  at: Date;
  headers: Record<string, string>;
  cut: boolean;
  recordId: string;
}

const RECORD_ID = `(topic || '/' || partition || '/' || "offset" || '/' || consumer)`;

/** Records of a target are of whoever reads its mapping; the others are of whoever reads everything. */
export const deadLetterInScope = (scope: string): string =>
  `(${scope}::jsonb is null or exists (
     select from mapping p where p.target = dead_letter.key and ${inScope(scope, 'p.tenant', 'p.collection')}))`;

/** Newest first, after a position; one more than the page has. */
export const pageOfDeadLetters = (
  db: Queryable,
  scope: string | null,
  filter: { limit: number; topic?: string; code?: string },
  position: readonly (string | number | null)[] | undefined,
): Promise<DeadLetterRow[]> =>
  db.query<DeadLetterRow>(
    `select topic, partition, "offset", consumer, key, code, why, at, headers, cut, ${RECORD_ID} as "recordId" from dead_letter
     where ($1::text is null or topic = $1) and ($2::text is null or code = $2)
       and ($3::float8 is null or (at, ${RECORD_ID}) < (to_timestamp($3 / 1000.0), $4)) and ${deadLetterInScope('$6')}
     order by at desc, ${RECORD_ID} desc limit $5`,
    [filter.topic ?? null, filter.code ?? null, position?.[0] ?? null, position?.[1] ?? null, filter.limit + 1, scope],
  );
