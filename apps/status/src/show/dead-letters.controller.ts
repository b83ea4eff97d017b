import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ReadScope, type Scope } from '../auth/scope.js';
import { contract, type AnswerOf, type InputOf } from '../http/contract.js';
import { moment, text } from '../http/fields.js';
import { cursorOf, decodeCursor, pageOf, pageQuery, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';
import { pageOfDeadLetters } from '../store/dead-letters.js';

const listDeadLetters = contract({
  id: 'listDeadLetters',
  method: 'GET',
  path: '/dead-letters',
  role: 'Reader',
  ofPart: true,
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

@Controller()
export class DeadLettersController {
  constructor(private readonly database: Database) {}

  @Serve(listDeadLetters)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listDeadLetters>,
  ): Promise<AnswerOf<typeof listDeadLetters>> {
    const position = decodeCursor(query.cursor, 'dead', ['number', 'string']);
    const rows = await pageOfDeadLetters(this.database, scope.toParameter(), query, position);
    return toPage(
      rows,
      query.limit,
      ({ recordId: _, ...row }) => ({ ...row, at: row.at.toISOString() }),
      (row) => cursorOf('dead', [row.at.getTime(), row.recordId]),
    );
  }
}
