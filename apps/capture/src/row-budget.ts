import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureContext } from './context.js';
import { bookRows } from './store/source.js';

/** Books the rows of a page and waits until more may be requested of the source. */
export const spendRows = async (context: CaptureContext, rows: number, signal: AbortSignal): Promise<void> => {
  context.metrics.rows.inc(rows);
  const waitMs = await bookRows(context.database, rows, context.settings);
  if (waitMs > 0) await sleep(waitMs, undefined, { signal });
};
