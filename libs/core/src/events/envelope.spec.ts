import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, DEFAULT_SCHEDULE } from '../policy.js';
import { decodeEvent, encodeEvent } from './envelope.js';
import { TOPICS } from './topics.js';

const tenant = '9b2e0000-0000-4000-8000-000000000001';
const group = '7c110000-0000-4000-8000-000000000002';
const mapping = {
  target: `${tenant}/${group}`,
  tenant: tenant.toUpperCase(),
  group: `{${group}}`,
  groupName: 'Group1',
  collection: 'ABC00014',
  collectionType: 'device' as const,
  state: 'active' as const,
  policy: DEFAULT_POLICY,
  schedule: DEFAULT_SCHEDULE,
  version: 5,
  activated: 5,
  changedAt: '2026-11-01T10:00:00Z',
};

describe('encodeEvent', () => {
  it('writes CloudEvents headers, attribution headers and normalised ids', () => {
    const record = encodeEvent(TOPICS.mapping, mapping, 'status', '00-abc-def-01');
    expect(record.key).toBe(mapping.target);
    expect(record.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_type: TOPICS.mapping,
      ce_source: '/collection-sync/status',
      ce_subject: mapping.target,
      cs_target: mapping.target,
      cs_collection: 'ABC00014',
      traceparent: '00-abc-def-01',
    });
    expect(JSON.parse(record.value)).toMatchObject({ tenant, group });
  });

  it('refuses to publish what no reader could read', () => {
    expect(() => encodeEvent(TOPICS.mapping, { ...mapping, collection: 'no id' }, 'status')).toThrow(/collection id/);
  });
});

describe('decodeEvent', () => {
  const record = encodeEvent(TOPICS.mapping, mapping, 'status');

  it('reads what was written and ignores unknown fields', () => {
    const value = JSON.stringify({ ...(JSON.parse(record.value) as object), addedLater: true });
    expect(decodeEvent(TOPICS.mapping, record.headers, value)).toMatchObject({
      ok: true,
      event: { collection: 'ABC00014' },
    });
  });

  it.each([
    ['not JSON', '{"target":', /not JSON/],
    ['no body', null, /no body/],
    ['a missing field', '{}', /target/],
    ['a list', '[]', /body/],
  ])('gives a reason for %s', (_name, value, why) => {
    const decoded = decodeEvent(TOPICS.mapping, record.headers, value);
    expect(decoded).toMatchObject({ ok: false, code: 'UNREADABLE_EVENT', why: expect.stringMatching(why) as string });
  });

  it('tells an unknown version from an unreadable body', () => {
    const headers = { ...record.headers, ce_type: 'collection-sync.mapping.v2' };
    expect(decodeEvent(TOPICS.mapping, headers, record.value)).toMatchObject({
      ok: false,
      code: 'UNKNOWN_EVENT_VERSION',
    });
  });
});
