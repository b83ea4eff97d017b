import type { Feedback } from '@collection-sync/core';
import type { GraphAnswer } from './graph-answer.js';
import { parseRetryAfter } from './retry-after.js';

/** Which quota an answer spoke of: `<Scope>/<Limit>/<appId>/<tenant or user>`. */
export interface ThrottleScope {
  readonly scope: string;
  /** `Read`, `Write` or `ReadWrite` */
  readonly limit: string;
}

const QUOTA = /WriteLimitExceeded|ResourceUnitLimitExceeded/i;

export const throttleScope = (headers: Readonly<Record<string, string>>): ThrottleScope | undefined => {
  const [scope, limit] = (headers['x-ms-throttle-scope'] ?? '').split('/');
  return scope && limit ? { scope, limit } : undefined;
};

type Answered = Pick<GraphAnswer, 'status' | 'headers'>;

/**
 * What an answer, or the parts of a batch, say about the quotas, for `Budget.feedback`; nothing where they say nothing. A 429 names the
 * scope of its limit: the tenant as a whole, or the application, which it is taken for without a name.
 * https://learn.microsoft.com/graph/throttling-limits
 */
export const throttleFeedback = (answers: Iterable<Answered>): { application?: Feedback; tenant?: Feedback } => {
  const { tenant = [], application = [] } = Object.groupBy(answers, isOfTenant);
  const [ofTenant, ofApplication] = [feedbackOf(tenant), feedbackOf(application)];
  return { ...(ofTenant ? { tenant: ofTenant } : {}), ...(ofApplication ? { application: ofApplication } : {}) };
};

const isOfTenant = ({ status, headers }: Answered): 'tenant' | 'application' =>
  status === 429 && throttleScope(headers)?.scope === 'Tenant' ? 'tenant' : 'application';

/** Of several parts the largest percentage and the longest wait count. */
const feedbackOf = (answers: readonly Answered[]): Feedback | undefined => {
  let percentage: number | undefined;
  let retryAfterMs: number | undefined;
  let throttledParts = 0;
  let limit: Feedback['limit'];
  for (const { status, headers } of answers) {
    const share = Number(headers['x-ms-throttle-limit-percentage'] ?? Number.NaN);
    if (Number.isFinite(share)) percentage = Math.max(percentage ?? 0, share);
    if (status !== 429) continue;
    throttledParts += 1;
    const wait = parseRetryAfter(headers['retry-after']);
    if (wait !== undefined) retryAfterMs = Math.max(retryAfterMs ?? 0, wait);
    if (limit !== 'quota') limit = limitOf(headers) ?? limit;
  }
  if (percentage === undefined && throttledParts === 0) return undefined;
  return { percentage, retryAfterMs, throttledParts: throttledParts || undefined, limit };
};

/** The quota of this app in this tenant, or another one that our own books know nothing of. */
const limitOf = (headers: Readonly<Record<string, string>>): Feedback['limit'] => {
  const information = headers['x-ms-throttle-information'];
  const scope = throttleScope(headers);
  if (!information && !scope) return undefined;
  const ours = scope === undefined || scope.scope === 'Tenant_Application' || scope.scope === 'Tenant';
  return ours && (information === undefined || QUOTA.test(information)) ? 'quota' : 'other';
};
