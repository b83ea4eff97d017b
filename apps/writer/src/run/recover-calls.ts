import type { Operation } from '@collection-sync/core';
import { deleteCall, unansweredCalls } from '../store/calls.js';
import { markOrphaned } from '../store/answers.js';
import type { ActiveRun } from './active-run.js';

/**
 * Calls of older epochs that nobody has the answer of. What is now wanted for their objects is asked one by one in this run, whose answers
 * are the only consistent read, and once more when a writer that was frozen in the middle of such a call can no longer land it.
 */
export const recoverCalls = (active: ActiveRun): Promise<void> =>
  active.fenced(async ({ tx }) => {
    const { leaseMs, deadlineMs } = active.writer.settings;
    for (const call of await unansweredCalls(tx, active.target)) {
      const added = objectsOf(call.operations.filter(({ kind }) => kind !== 'delete'));
      await markOrphaned(tx, active.target, objectsOf(call.operations), added, leaseMs + deadlineMs);
      await deleteCall(tx, active.target, call.epoch, call.no);
    }
  });

export const objectsOf = (operations: readonly Operation[]): string[] => operations.flatMap(({ objects }) => objects);
