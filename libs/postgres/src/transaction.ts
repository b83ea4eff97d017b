import { AppError } from '@collection-sync/core';
import type pg from 'pg';
import type { Answers } from './answers.js';
import { copyIn } from './copy-in.js';
import type { CopyRows, Tx } from './queryable.js';
import { runStatement } from './run-statement.js';
import { breaksConnection } from './translate-error.js';

class OpenTransaction implements Tx {
  readonly actions: (() => void)[] = [];

  constructor(
    readonly client: pg.ClientBase,
    readonly answers: Answers,
  ) {}

  async query<R>(text: string, params?: unknown[]): Promise<R[]> {
    return (await runStatement(this.client, text, params, this.answers)).rows as R[];
  }

  async execute(text: string, params?: unknown[]): Promise<number> {
    return (await runStatement(this.client, text, params, this.answers)).count;
  }

  copyIn(table: string, columns: string[], rows: CopyRows): Promise<number> {
    return copyIn(this.client, table, columns, rows);
  }

  afterCommit(action: () => void): void {
    this.actions.push(action);
  }
}

/** One attempt on one connection. Answers the result and what is to be done once the connection was given back. */
export const runTransaction = async <T>(
  client: pg.ClientBase,
  answers: Answers,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; actions: readonly (() => void)[] }> => {
  const tx = new OpenTransaction(client, answers);
  await tx.query('begin');
  try {
    const result = await work(tx);
    const { command } = await runStatement(client, 'commit', undefined, answers);
    // a statement failed and `work` went on as if it had not: the server has rolled back
    if (command !== 'COMMIT')
      throw new AppError('INTERNAL', 'A transaction went on after one of its statements had failed.');
    return { result, actions: tx.actions };
  } catch (error) {
    if (!breaksConnection(error)) await tx.query('rollback').catch(() => undefined);
    throw error;
  }
};
