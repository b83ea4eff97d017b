import { describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from './changes.js';

vi.stubGlobal('navigator', { languages: ['en-GB'] });
const { changesOf, summaryOf } = await import('./changes.js');

const policy = {
  guard: { maxRemovals: 500, maxShare: 0.25, shareFrom: 50, neverEmptyFrom: 2, expiresAfterHours: 72 },
  withoutRecord: 'fail',
  fullRuns: null,
};
const mapping = {
  target: 't/g',
  version: 1,
  state: 'active',
  collection: 'ABC00014',
  policy,
  schedule: { kind: 'interval', seconds: 300 },
};
const line = (changed: Partial<AuditEntry>): AuditEntry => ({ ...({ detail: {} } as AuditEntry), ...changed });

describe('what a line of the audit log changed', () => {
  it('is only what became another, in the units of the field', () => {
    const after = {
      ...mapping,
      version: 2,
      schedule: { kind: 'cron', expression: '0 * * * *', timeZone: 'UTC' },
      policy: { ...policy, guard: { ...policy.guard, maxShare: 0.1, expiresAfterHours: 24 }, withoutRecord: 'exclude' },
    };
    expect(changesOf({ before: mapping, after })).toEqual([
      { label: 'Schedule', before: 'Every 5 min', after: '0 * * * * (UTC)' },
      { label: 'Largest share', before: '25 %', after: '10 %' },
      { label: 'Held removals expire after', before: '72 hours', after: '24 hours' },
      { label: 'Members without a Microsoft Entra record', before: 'count as failed', after: 'are left out' },
    ]);
    expect(changesOf({ before: mapping, after: { ...mapping, version: 2 } })).toEqual([]);
  });

  it('holds a setting that the console has no words for', () => {
    const after = { ...mapping, policy: { ...policy, newRule: { strict: true } } };
    expect(changesOf({ before: mapping, after })).toEqual([
      { label: 'policy.newRule.strict', before: null, after: 'on' },
    ]);
  });

  it('is in short what was set, or what was ordered', () => {
    expect(summaryOf(line({ before: mapping, after: { ...mapping, state: 'paused', pausedBy: 'operator' } }))).toBe(
      'State: active → paused; Paused by: an operator',
    );
    expect(summaryOf(line({ before: { enabled: true }, after: { enabled: false } }))).toBe(
      'Synchronisation of the tenant: on → off',
    );
    expect(summaryOf(line({ detail: { plan: 'p1', objects: ['a', 'b'] } }))).toBe('2 members; plan p1');
    expect(summaryOf(line({}))).toBe('–');
  });
});
