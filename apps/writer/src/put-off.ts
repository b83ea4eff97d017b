import { asAppError, type AppError, type WriterWork } from '@collection-sync/core';
import type { WriterContext } from './context.js';
import { forgetSetback, storeSetback } from './store/setbacks.js';
import { lockTarget } from './store/targets.js';
import { withTarget, type TargetSession } from './target-session.js';

/** What a step is at work on; the collection where the target does not know it yet. */
export interface WorkItem {
  readonly target: string;
  readonly collection?: string | null;
}

const WHAT: Readonly<Record<WriterWork, string>> = {
  merge: 'Content of the collection could not be merged',
  mapping: 'A change of the mapping could not be adopted',
  deletion: 'The deletion of the mapping could not go on',
  plans: 'Held removals could not expire',
};

/**
 * Does a step of work for the next target that has some; `at` is told which. What fails there for no reason outside is put off with its
 * target, and told to operators, so that no other target waits for it.
 */
export const workOnNext = async (
  writer: WriterContext,
  work: WriterWork,
  step: (at: (item: WorkItem) => void) => Promise<boolean>,
): Promise<boolean> => {
  let item: WorkItem | undefined;
  try {
    return await step((found) => {
      item = found;
    });
  } catch (error) {
    const failure = asAppError(error);
    if (!item || failure.retryable) throw error;
    await putOff(writer, work, item, failure);
    return true;
  }
};

const putOff = (writer: WriterContext, work: WriterWork, { target: name, collection }: WorkItem, failure: AppError) =>
  writer.database.transaction(async (tx) => {
    const target = await lockTarget(tx, name);
    if (!target) throw failure;
    const failures = await storeSetback(tx, target.id, work);
    const { code, message, advice } = failure;
    writer.log.error({ target: name, work, failures, error: failure }, `${WHAT[work]}: ${message}`);
    await withTarget(writer, tx, target, ({ report }) =>
      Promise.resolve(
        report.run(
          {
            event: 'work-failed',
            work,
            code,
            message: `${WHAT[work]}: ${message}`,
            advice: `${advice} It is tried again; other groups go on.`,
          },
          collection ? { collection } : {},
        ),
      ),
    );
  });

/** Work that was put off has been done: in its transaction. */
export const noteDone = async ({ writer, tx, target, report }: TargetSession, work: WriterWork): Promise<void> => {
  if (!(await forgetSetback(tx, target.id, work))) return;
  report.run({ event: 'work-resumed', work });
  tx.afterCommit(() => writer.log.info({ target: target.target, work }, `${work}: works again`));
};
