import { storableJson } from '@collection-sync/core';
import type { Queryable } from './queryable.js';

/** Somebody waits for the answer until `expiresAt`, and no longer. */
interface Question {
  readonly id: string;
  readonly expiresAt: string;
}

/** Keeps questions in the table `question` for a worker of any replica. */
export const keepQuestions = async (db: Queryable, questions: readonly Question[]): Promise<void> => {
  if (questions.length === 0) return;
  await db.query(
    `insert into question (id, body, expires_at)
     select (body ->> 'id')::uuid, body, (body ->> 'expiresAt')::timestamptz from jsonb_array_elements($1::jsonb) as given (body)
     where (body ->> 'expiresAt')::timestamptz > clock_timestamp()
     on conflict (id) do nothing`,
    [storableJson(questions)],
  );
};

/** The next question, which nobody else gets then: who sees no answer asks again. */
export const takeQuestion = async <T extends Question>(db: Queryable): Promise<T | undefined> => {
  await db.query('delete from question where expires_at <= clock_timestamp()');
  const [row] = await db.query<{ body: T }>(
    `delete from question where id = (select id from question order by expires_at limit 1 for update skip locked) returning body`,
  );
  return row?.body;
};
