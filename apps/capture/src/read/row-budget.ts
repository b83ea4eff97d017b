import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureContext } from '../context.js';
import { bookRows } from '../store/source.js';

/** Books the rows of a page and rests until the site may be asked for more. */
export const spendRows = async (context: CaptureContext, rows: number, signal: AbortSignal): Promise<void> => {
  context.metrics.rows.inc(rows);
  const rest = await bookRows(context.database, rows, context.settings);
  if (rest > 0) await sleep(rest, undefined, { signal });
};
