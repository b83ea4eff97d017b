import type { Operation } from '@collection-sync/core';
import type { Classified } from '@collection-sync/graph';
import type { ObjectAnswer } from '../store/answers.js';
import { maxPatchSizeAfterSplit } from './compose-batch.js';

/** What the answer to one operation means for each object that it named. A refused group answers for none of them. */
export const objectAnswersOf = (operation: Operation, answer: Classified): ObjectAnswer[] => {
  const added = operation.kind !== 'delete';
  const { message, requestId, clientRequestId } = answer;
  const ids = { requestId, clientRequestId };
  const each = (outcome: Omit<ObjectAnswer, 'object' | 'added'>): ObjectAnswer[] =>
    operation.objects.map((object) => ({ object, added, ...ids, ...outcome }));
  switch (answer.kind) {
    case 'ok':
      return each({ verdict: 'done' });
    case 'benign':
      return each({ verdict: 'benign' });
    case 'retry':
      return each({
        verdict: 'again',
        code: answer.reason,
        message,
        waitMs: answer.retryAfterMs,
        ...(answer.reason === 'NoAnswer' ? { maxPatchSize: 1 } : {}),
      });
    case 'member-failed':
      return each({ verdict: 'failed', code: answer.reason, message });
    case 'split':
      return operation.objects.map((object) =>
        object === answer.drop
          ? { object, added, ...ids, verdict: 'failed', code: answer.reason, message }
          : // the others may go together as before
            {
              object,
              added,
              ...ids,
              verdict: 'split',
              ...(answer.drop === undefined ? { maxPatchSize: maxPatchSizeAfterSplit(operation.objects.length) } : {}),
            },
      );
    case 'group-failed':
      return [];
  }
};
