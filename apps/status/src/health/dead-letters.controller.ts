import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { contract, type AnswerOf, type InputOf } from '../http/contract.js';
import { moment, text } from '../http/fields.js';
import { cursorOf, placeOf, pageOf, pageQuery, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';

const listDeadLetters = contract({
  id: 'listDeadLetters',
  method: 'GET',
  path: '/dead-letters',
  role: 'Reader',
  tag: 'Health',
  summary: 'Records that could not be read or acted on, with the reason, newest first',
  query: z.strictObject({ ...pageQuery, topic: text(200).optional(), code: text(100).optional() }),
  answer: pageOf(
    z
      .object({
        topic: z.string(),
        partition: z.number().int(),
        offset: z.string(),
        consumer: z.string(),
        key: z.string(),
        code: z.string(),
        why: z.string(),
        at: moment,
        headers: z.record(z.string(), z.string()),
        cut: z.boolean(),
      })
      .meta({ id: 'DeadLetter' }),
  ),
});

interface Row {
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
  place: string;
}

@Controller()
export class DeadLettersController {
  constructor(private readonly database: Database) {}

  @Serve(listDeadLetters)
  async list(@Input() { query }: InputOf<typeof listDeadLetters>): Promise<AnswerOf<typeof listDeadLetters>> {
    const place = placeOf(query.cursor, 'dead', ['number', 'string']);
    const rows = await this.database.query<Row>(
      `select topic, partition, "offset", consumer, key, code, why, at, headers, cut, ${PLACE} as place from dead_letter
       where ($1::text is null or topic = $1) and ($2::text is null or code = $2)
         and ($3::float8 is null or (at, ${PLACE}) < (to_timestamp($3 / 1000.0), $4))
       order by at desc, ${PLACE} desc limit $5`,
      [query.topic ?? null, query.code ?? null, place?.[0] ?? null, place?.[1] ?? null, query.limit + 1],
    );
    return toPage(
      rows,
      query.limit,
      ({ place: _, ...row }) => ({ ...row, at: row.at.toISOString() }),
      (row) => cursorOf('dead', [row.at.getTime(), row.place]),
    );
  }
}

const PLACE = `(topic || '/' || partition || '/' || "offset" || '/' || consumer)`;
