import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { copyLine } from './copy-text.js';
import type { CopyRows } from './queryable.js';
import { translateError } from './translate-error.js';

const BLOCK = 64 * 1024;

async function* blocks(rows: CopyRows): AsyncGenerator<Buffer> {
  let block = '';
  for await (const row of rows) {
    block += copyLine(row);
    if (block.length >= BLOCK) {
      yield Buffer.from(block);
      block = '';
    }
  }
  if (block) yield Buffer.from(block);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Streams rows into a table; what fails in the source fails the statement with that very error. */
export const copyIn = async (
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: CopyRows,
): Promise<number> => {
  const copy = client.query(from(`copy ${quoted(table)} (${columns.map(quoted).join(', ')}) from stdin`));
  try {
    await pipeline(Readable.from(blocks(rows), { objectMode: true, highWaterMark: 2 }), copy);
    return copy.rowCount;
  } catch (error) {
    throw translateError(error);
  }
};
