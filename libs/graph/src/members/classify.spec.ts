import type { Operation } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.js';

const GROUP = '96009000-0000-4000-8000-000000000001';
const A = '0b1ec700-0000-4000-8000-000000000001';
const B = '0b1ec700-0000-4000-8000-000000000002';
const patch: Operation = { kind: 'patch', objects: [A, B] };
const post: Operation = { kind: 'post', objects: [A] };
const remove: Operation = { kind: 'delete', objects: [A] };

const answer = (status: number, code: string, message: unknown = '', headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { error: { code, message, innerError: { 'request-id': '99999999-0000-4000-8000-000000000009' } } },
});
const missing = (id: string) =>
  `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
const EXISTS = "One or more added object references already exist for the following modified properties: 'members'.";
const GONE = "One or more removed object references do not exist for the following modified properties: 'members'.";

describe('classify', () => {
  it.each([
    ['204', post, { status: 204, headers: {}, body: undefined }, { kind: 'ok' }],
    [
      '401 of a part',
      post,
      answer(401, 'InvalidAuthenticationToken'),
      { kind: 'group-failed', reason: 'SignInRefused' },
    ],
    ['exists, POST', post, answer(400, 'Request_BadRequest', EXISTS), { kind: 'benign', groupInDoubt: false }],
    ['exists, PATCH', patch, answer(400, 'Request_BadRequest', EXISTS), { kind: 'split', exists: true }],
    [
      'exists, message as object',
      post,
      answer(400, 'Request_BadRequest', { lang: 'en', value: EXISTS }),
      { kind: 'benign' },
    ],
    [
      'exists, other words after it',
      post,
      answer(400, 'Request_BadRequest', `${EXISTS}, please check`),
      { kind: 'benign' },
    ],
    [
      '404 names a member of the PATCH',
      patch,
      answer(404, 'Request_ResourceNotFound', missing(B)),
      { kind: 'split', drop: B },
    ],
    ['404 names a member in upper case', patch, answer(404, 'X', missing(B.toUpperCase())), { kind: 'split', drop: B }],
    [
      '404 names nobody known',
      patch,
      answer(404, 'Request_ResourceNotFound', missing('x')),
      { kind: 'split', exists: false },
    ],
    [
      '404 names the group',
      patch,
      answer(404, 'X', missing(GROUP)),
      { kind: 'group-failed', reason: 'GroupNotFound', groupInDoubt: true },
    ],
    ['404, POST', post, answer(404, 'X', missing(A)), { kind: 'member-failed', reason: 'ObjectNotFound' }],
    ['404, DELETE', remove, answer(404, 'X', missing(A)), { kind: 'benign', groupInDoubt: true }],
    ['400, DELETE', remove, answer(400, 'X', GONE), { kind: 'benign', groupInDoubt: false }],
    [
      '429 decimal',
      patch,
      answer(429, 'TooManyRequests', '', { 'retry-after': '2.128' }),
      { kind: 'retry', reason: 'Throttled', retryAfterMs: 2_128 },
    ],
    [
      '429 without a time',
      patch,
      answer(429, 'TooManyRequests'),
      { kind: 'retry', reason: 'Throttled', retryAfterMs: undefined },
    ],
    [
      '409 concurrency',
      patch,
      answer(409, 'Directory_ConcurrencyViolation'),
      { kind: 'retry', reason: 'ConcurrentChange' },
    ],
    ['409 other, PATCH', patch, answer(409, 'Conflict'), { kind: 'split' }],
    ['409 other, POST', post, answer(409, 'Conflict'), { kind: 'member-failed' }],
    ['503', remove, answer(503, 'Service_Unavailable'), { kind: 'retry', reason: 'GraphUnavailable' }],
    ['509', remove, answer(509, ''), { kind: 'retry' }],
    ['no JSON', post, { status: 502, headers: {}, body: '<html>' }, { kind: 'retry' }],
    ['quota, PATCH', patch, answer(403, 'Directory_QuotaExceeded'), { kind: 'split', reason: 'GroupIsFull' }],
    ['quota, POST', post, answer(403, 'Directory_QuotaExceeded'), { kind: 'group-failed', reason: 'GroupIsFull' }],
    [
      'denied',
      post,
      answer(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
      { kind: 'group-failed', groupInDoubt: true },
    ],
    [
      'twice in one PATCH',
      patch,
      answer(
        400,
        'Request_BadRequest',
        `Object '[x]' referenced from '[y]' can only be present once as an add/remove change.`,
      ),
      { kind: 'split' },
    ],
    [
      'external service',
      post,
      answer(
        400,
        'X',
        'Unable to update the specified properties for objects that have originated within an external service.',
      ),
      { kind: 'group-failed', reason: 'GroupIsMailEnabled' },
    ],
    [
      'unknown words, POST',
      post,
      answer(400, 'Whatever', 'never seen'),
      { kind: 'member-failed', reason: 'RequestRefused' },
    ],
  ])('%s', (_name, operation, given, expected) => {
    expect(classify(operation, GROUP, given)).toMatchObject(expected);
  });

  it('names the request that it was the answer to, for support', () => {
    const clientRequestId = '99999999-0000-4000-8000-000000000007';
    const given = { ...answer(404, 'X', missing(A)), requestId: 'r1', clientRequestId };
    expect(classify(post, GROUP, given)).toMatchObject({ requestId: 'r1', clientRequestId });
  });

  it('reads anything, and fails no group for what it does not know', () => {
    const bodies = fc.oneof(
      fc.anything(),
      fc.record({ error: fc.anything() }),
      fc.record({ error: fc.record({ code: fc.anything(), message: fc.anything() }) }),
    );
    const statuses = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 401 && status !== 403);
    fc.assert(
      fc.property(fc.constantFrom(patch, post, remove), statuses, bodies, (operation, status, body) => {
        const { kind } = classify(operation, GROUP, { status, headers: {}, body: jsonOf(body) });
        expect(kind).not.toBe('group-failed');
        if (operation.kind !== 'patch') expect(kind).not.toBe('split');
      }),
    );
  });
});

const jsonOf = (value: unknown): unknown => {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null') as unknown;
  } catch {
    return null;
  }
};
