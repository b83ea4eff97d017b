import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import type { Target } from '../store/targets.js';
import { Report } from './report.js';

/**
 * Lends a report of a locked target and puts what it tells into the outbox, in the same transaction. A snapshot that was begun in another one
 * goes on with `part`.
 */
export const withReport = async <T>(
  writer: WriterContext,
  tx: Tx,
  target: Target,
  work: (report: Report) => Promise<T>,
  part = 0,
): Promise<T> => {
  const report = new Report(writer.outbox, target, part);
  const result = await work(report);
  await report.flush(tx);
  return result;
};
