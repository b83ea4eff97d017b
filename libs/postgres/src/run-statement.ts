import { storableText } from '@collection-sync/core';
import type pg from 'pg';
import type { Answers } from './answers.js';
import { translateError } from './translate-error.js';

export interface StatementResult {
  readonly rows: unknown[];
  readonly count: number;
  readonly command: string;
}

/** Runs one statement, or several without parameters (the last one answers), on one connection; errors are translated. */
export const runStatement = async (
  client: pg.ClientBase,
  text: string,
  params: unknown[] | undefined,
  answers: Answers,
): Promise<StatementResult> => {
  try {
    const config: pg.QueryConfig & { query_timeout: number } = { text, query_timeout: answers.timeoutMs };
    if (params) config.values = params.map(storableParameter);
    const answer: pg.QueryResult | pg.QueryResult[] = await answers.on(client, client.query(config));
    const last = Array.isArray(answer) ? answer.at(-1) : answer;
    return { rows: last?.rows ?? [], count: last?.rowCount ?? 0, command: last?.command ?? '' };
  } catch (error) {
    throw translateError(error);
  }
};

/** JSON comes as text without NUL; whoever makes it has it storable: `storableJson`. */
const storableParameter = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storableParameter) : value;
};
