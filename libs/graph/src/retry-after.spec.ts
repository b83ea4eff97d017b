import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.js';
import { throttleFeedback, throttleScope } from './throttle-feedback.js';

describe('parseRetryAfter', () => {
  it.each([
    ['10', 10_000],
    ['2.128', 2_128],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
    ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['86400', 900_000],
    ['Thu, 22 Oct 2026 07:28:00 GMT', 900_000],
    ['soon', undefined],
    ['-5', undefined],
  ])('%s', (value, expected) => {
    expect(parseRetryAfter(value, Date.parse('2026-10-21T07:28:00Z'))).toBe(expected);
  });
});

describe('throttleFeedback', () => {
  it('takes the largest percentage and the longest wait of the parts', () => {
    expect(
      throttleFeedback([
        { status: 204, headers: { 'x-ms-throttle-limit-percentage': '0.9' } },
        { status: 429, headers: { 'retry-after': '3', 'x-ms-throttle-limit-percentage': '1.2' } },
        { status: 429, headers: { 'retry-after': '1' } },
      ]),
    ).toEqual({ application: { percentage: 1.2, retryAfterMs: 3_000, throttledParts: 2 } });
  });

  it('leaves the wait to the budget when a 429 names none, and says nothing when there is nothing to say', () => {
    expect(throttleFeedback([{ status: 429, headers: {} }])).toEqual({ application: { throttledParts: 1 } });
    expect(throttleFeedback([{ status: 200, headers: {} }])).toEqual({});
  });

  it('tells the quota of the app in the tenant from everything else', () => {
    const limit = (scope: string, information: string) =>
      throttleFeedback([
        { status: 429, headers: { 'x-ms-throttle-scope': scope, 'x-ms-throttle-information': information } },
      ]).application?.limit;
    expect(limit('Tenant_Application/Write/app/tenant', 'WriteLimitExceeded')).toBe('quota');
    expect(limit('Tenant_Application/Write/app/tenant', 'CPULimitExceeded')).toBe('other');
    expect(limit('Application/Write/app', 'WriteLimitExceeded')).toBe('other');
  });

  it('reads which quota it was', () => {
    const headers = { 'x-ms-throttle-scope': 'Tenant_Application/Write/app/tenant' };
    expect(throttleScope(headers)).toEqual({ scope: 'Tenant_Application', limit: 'Write' });
  });
});
