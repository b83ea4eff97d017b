import { type Operation, type Reason, storableText } from '@collection-sync/core';
import { errorOf, type GraphAnswer } from '../graph-answer.js';
import { isSuccess } from '../graph-failure.js';
import { parseRetryAfter } from '../retry-after.js';

/** What to do after one answer to a member write. */
export type Action =
  /** done */
  | { readonly kind: 'ok' }
  /** what was wanted holds already; `groupInDoubt` when the same answer could mean that the group is gone */
  | { readonly kind: 'benign'; readonly groupInDoubt: boolean }
  /** may have been done or not; ask again, not before `retryAfterMs` */
  | { readonly kind: 'retry'; readonly reason: Reason; readonly retryAfterMs?: number }
  /** nothing of the PATCH was done; `drop` names the one member to blame, `exists` says that some are members already */
  | { readonly kind: 'split'; readonly drop?: string; readonly exists: boolean; readonly reason: Reason }
  | { readonly kind: 'member-failed'; readonly reason: Reason }
  /** the group as a whole; with `groupInDoubt` look at the group first, since it may say why, or be well */
  | { readonly kind: 'group-failed'; readonly reason: Reason; readonly groupInDoubt: boolean };

/** By what Microsoft support finds a request. */
export type RequestIds = Pick<GraphAnswer, 'requestId' | 'clientRequestId'>;

export type Classified = Action & RequestIds & { readonly message: string };

const PASSING = new Set([408, 424, 500, 502, 503, 504]);
const ANY_GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * Reads one answer to a member write by status, code and the stable part of the message: Graph may change its words at any time, so
 * what is not recognised becomes a split, then a failed member, never a failed group.
 * https://learn.microsoft.com/graph/errors, https://learn.microsoft.com/graph/api/group-post-members; the messages are those seen by
 * microsoftgraph/group-membership-management, instructure/canvas-lms and microsoftgraph/microsoft-graph-docs-contrib.
 */
export const classify = (operation: Operation, group: string, answer: GraphAnswer): Classified => {
  const { requestId, clientRequestId } = answer;
  if (isSuccess(answer)) return { kind: 'ok', message: '', requestId, clientRequestId };
  const error = errorOf(answer.body);
  const message =
    storableText([error.code, error.message].filter(Boolean).join(': '), 500) || `status ${answer.status}`;
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
  return { ...actionOn(operation, group, answer, text, error.code), message, requestId, clientRequestId };
};

const actionOn = (operation: Operation, group: string, answer: GraphAnswer, text: string, code: string): Action => {
  const { status } = answer;
  const says = (pattern: RegExp): boolean => pattern.test(text);
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after']);
  const removal = operation.kind === 'delete';
  /** a PATCH is taken apart until the member to blame stands alone */
  const blame = (reason: Reason): Action =>
    operation.kind === 'patch' ? { kind: 'split', exists: false, reason } : { kind: 'member-failed', reason };

  if (status === 429) return { kind: 'retry', reason: 'Throttled', retryAfterMs };
  if (PASSING.has(status) || status > 504) return { kind: 'retry', reason: 'GraphUnavailable', retryAfterMs };
  if (status === 409) {
    return code === 'Directory_ConcurrencyViolation' || says(/concurrent requests being made/i)
      ? { kind: 'retry', reason: 'ConcurrentChange', retryAfterMs }
      : blame('RequestRefused');
  }
  if (removal && (status === 404 || says(/removed object references do not exist/i))) {
    return { kind: 'benign', groupInDoubt: status === 404 };
  }
  if (!removal && says(/added object references already exist/i)) {
    return operation.kind === 'patch'
      ? { kind: 'split', exists: true, reason: 'RequestRefused' }
      : { kind: 'benign', groupInDoubt: false };
  }
  if (status === 404) return missing(operation, group, text);
  if (says(/source resource object or one of the objects being referenced/i)) {
    return { kind: 'retry', reason: 'ObjectNotFound', retryAfterMs };
  }
  if (code === 'Directory_QuotaExceeded' || says(/would exceed the maximum quota/i)) {
    return operation.kind === 'patch'
      ? { kind: 'split', exists: false, reason: 'GroupIsFull' }
      : { kind: 'group-failed', reason: 'GroupIsFull', groupInDoubt: false };
  }
  if (says(/guests? users? (is|are) not allowed to join/i)) return blame('GuestNotAllowed');
  if (says(/on-premises mastered|currently undergoing migration/i)) return refused('GroupIsSynced');
  if (says(/originated within an external service/i)) return refused('GroupIsMailEnabled');
  if (says(/cannot be added to unified groups|paramName: Members|"InvalidValue"/i))
    return blame('MemberTypeNotAllowed');
  if (says(/only supported on contained entities|not supported on the targeted entity set/i)) {
    return refused('RequestRefused');
  }
  if (status === 401) return refused('SignInRefused');
  if (says(/identity of the calling application could not be|required roles claim/i)) {
    return refused('PermissionMissing');
  }
  if (status === 403 || code === 'Authorization_RequestDenied' || says(/insufficient privileges/i)) {
    return { kind: 'group-failed', reason: 'PermissionMissing', groupInDoubt: true };
  }
  return blame('RequestRefused');
};

const refused = (reason: Reason): Action => ({ kind: 'group-failed', reason, groupInDoubt: false });

/** A 404 on an add names one id, sometimes the group's. */
const missing = (operation: Operation, group: string, text: string): Action => {
  const named = [...text.matchAll(ANY_GUID)].map(([id]) => id.toLowerCase());
  const drop = operation.objects.find((object) => named.includes(object));
  if (drop === undefined && named.includes(group)) {
    return { kind: 'group-failed', reason: 'GroupNotFound', groupInDoubt: true };
  }
  if (operation.kind === 'patch') return { kind: 'split', drop, exists: false, reason: 'ObjectNotFound' };
  return { kind: 'member-failed', reason: 'ObjectNotFound' };
};
