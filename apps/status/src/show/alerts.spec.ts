import { describe, expect, it } from 'vitest';
import { alertsOf, type Situation } from './alerts.js';

const now = new Date('2026-10-10T10:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
const ok = { state: 'ok', since: ago(3_600).toISOString() } as const;

type UpstreamRow = Situation['upstreams'][number];
const upstream = (kind: UpstreamRow['kind'], more: Partial<UpstreamRow> = {}): UpstreamRow => ({
  kind,
  name: kind === 'site' ? 'ABC' : 'tenant-a',
  state: 'ready',
  code: null,
  reason: null,
  progress: null,
  since: ago(7_200),
  checkedAt: ago(5),
  lastSuccess: ago(5),
  address: null,
  siteIds: null,
  figures: {},
  reportedAt: ago(30),
  ...more,
});
const tenant = {
  tenant: 'tenant-a',
  enabled: true,
  changedAt: null,
  changedBy: '',
  mappings: 3,
  stoppable: 3,
  stopped: 0,
};
const well: Situation = {
  now,
  parts: { service: ok, kafka: ok },
  upstreams: [upstream('site'), upstream('directory'), upstream('budget')],
  tenants: [tenant],
};
const shown = (more: Partial<Situation>) =>
  alertsOf({ ...well, ...more }).map(({ kind, name, severity, targets }) => [kind, name, severity, targets]);

describe('alerts', () => {
  it('are none while all is well', () => expect(alertsOf(well)).toEqual([]));

  it('say since when a part of this service is away', () => {
    const since = ago(20).toISOString();
    const parts = { ...well.parts, kafka: { state: 'waiting', since, detail: 'no broker answers' } } as const;
    expect(alertsOf({ ...well, parts })).toMatchObject([
      { kind: 'part', name: 'kafka', severity: 'error', since, message: 'no broker answers', targets: 3 },
    ]);
  });

  it('say once that Redis is away, as the writer reports for each of its applications', () => {
    const upstreamOf = (name: string, seconds: number) =>
      upstream('budget', {
        name,
        state: 'unavailable',
        code: 'REDIS_UNAVAILABLE',
        reason: 'gone',
        since: ago(seconds),
      });
    const upstreams = [...well.upstreams, upstreamOf('tenant-a/2', 20), upstreamOf('tenant-a/1', 40)];
    expect(alertsOf({ ...well, upstreams })).toMatchObject([
      { kind: 'part', name: 'redis', severity: 'error', since: ago(40).toISOString(), message: 'gone', targets: 3 },
    ]);
  });

  it('name the site and the directory that cannot be read, gravest first, and what is still right', () => {
    const upstreams = [
      upstream('site', { code: 'SOURCE_ANSWER_UNREADABLE', reason: 'left out' }),
      upstream('directory', { state: 'unavailable', reason: 'away', since: ago(50) }),
    ];
    const alerts = alertsOf({ ...well, upstreams });
    expect(alerts).toMatchObject([
      { kind: 'directory', severity: 'error', tenantId: 'tenant-a', since: ago(50).toISOString(), message: 'away' },
      { kind: 'site', severity: 'warning', tenantId: null, message: 'left out' },
    ]);
    expect(alerts.every(({ stillTrue }) => stillTrue.length > 0)).toBe(true);
  });

  it('leave out a tenant that nothing is mapped to', () =>
    expect(
      shown({ upstreams: [upstream('directory', { state: 'unavailable' })], tenants: [{ ...tenant, mappings: 0 }] }),
    ).toEqual([]));

  it.each([
    ['capture', 'site'],
    ['resolver', 'directory'],
    ['writer', 'budget'],
  ] as const)('say that %s says nothing', (name, kind) => {
    const upstreams = well.upstreams.map((one) => (one.kind === kind ? { ...one, reportedAt: ago(181) } : one));
    expect(shown({ upstreams })).toEqual([['service', name, 'error', 3]]);
    // not heard yet since the start, or not to be heard
    expect(shown({ upstreams, parts: { service: { ...ok, since: ago(60).toISOString() } } })).toEqual([]);
    expect(
      shown({ upstreams, parts: { ...well.parts, kafka: { state: 'waiting', since: ago(9).toISOString() } } }),
    ).toEqual([['part', 'kafka', 'error', 3]]);
  });

  it('say who switched a tenant off, as long as something is mapped to it', () => {
    const off = { ...tenant, enabled: false, changedBy: 'Ada', changedAt: ago(60) };
    expect(alertsOf({ ...well, tenants: [off] })).toMatchObject([
      { kind: 'tenantOff', severity: 'info', since: ago(60).toISOString(), message: expect.stringContaining('Ada') },
    ]);
    expect(shown({ tenants: [{ ...off, mappings: 0 }] })).toEqual([]);
  });
});
