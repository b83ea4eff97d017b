import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from './context.js';
import { Report } from './target-report.js';
import type { Target } from './store/targets.js';

/** One transaction at work on a target, whose row it has locked: what it stores, and what it reports. */
export interface TargetSession {
  readonly writer: WriterContext;
  readonly tx: Tx;
  readonly target: Target;
  readonly report: Report;
}

/**
 * Opens the session of a locked target and puts what it reports into the outbox, in the same transaction. A snapshot that was begun in another
 * one goes on with `part`.
 */
export const withTarget = async <T>(
  writer: WriterContext,
  tx: Tx,
  target: Target,
  work: (session: TargetSession) => Promise<T>,
  part = 0,
): Promise<T> => {
  const report = new Report(writer.outbox, target, part);
  const result = await work({ writer, tx, target, report });
  await report.flush(tx);
  return result;
};
