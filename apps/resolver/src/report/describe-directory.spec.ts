import { describe, expect, it } from 'vitest';
import type { DirectoryRow } from '../store/directories.js';
import type { FeedRow } from '../store/feeds.js';
import { describeDirectory } from './describe-directory.js';

const now = new Date('2026-10-10T10:00:00Z');
const since = new Date('2026-10-01T00:00:00Z');
const before = (state: string, readyKinds: string[]): DirectoryRow => ({
  state,
  since,
  readyKinds,
  code: null,
  reason: null,
  siteIds: { devices: null, users: null },
  reportedMsAgo: 0,
  now,
});
const feed = (kind: 'device' | 'user', fields: Partial<FeedRow>): FeedRow => ({
  tenant: 't',
  kind,
  phase: 'delta',
  link: null,
  selected: '',
  pass: 1,
  doubtedPass: null,
  doubt: null,
  leftOut: 0,
  feedNo: 1,
  ready: true,
  readySince: since,
  done: 0,
  objects: 7,
  checkedAt: since,
  failingMs: null,
  code: null,
  reason: null,
  ...fields,
});
const options = { configured: true, unavailableAfterMs: 60_000 };
const failing = (ms: number) => ({ failingMs: ms, code: 'GRAPH_UNAVAILABLE', reason: 'away' });

describe('describeDirectory', () => {
  it('loads with progress, then is ready from now on', () => {
    const loading = describeDirectory(
      before('', []),
      [feed('device', { ready: false, phase: 'pass', done: 40 })],
      options,
    );
    expect(loading).toMatchObject({
      state: 'loading',
      since: now,
      progress: { done: 40, total: null, unit: 'devices' },
    });
    const ready = describeDirectory(before('loading', []), [feed('device', {})], options);
    expect(ready).toMatchObject({ state: 'ready', since: now, readyKinds: ['device'], figures: { devices: 7 } });
    expect(ready.progress).toBeUndefined();
  });

  it('stays ready while users begin to load, and begins again when they are ready too', () => {
    const users = feed('user', { ready: false, phase: 'pass', done: 5 });
    const loading = describeDirectory(before('ready', ['device']), [feed('device', {}), users], options);
    expect(loading).toMatchObject({ state: 'ready', since, progress: { unit: 'users' } });
    const both = describeDirectory(before('ready', ['device']), [feed('device', {}), feed('user', {})], options);
    expect(both).toMatchObject({ state: 'ready', since: now, readyKinds: ['device', 'user'] });
  });

  it('tells what a later full pass has done of what', () => {
    const pass = describeDirectory(before('ready', ['device']), [feed('device', { phase: 'pass', done: 3 })], options);
    expect(pass).toMatchObject({ state: 'ready', since, progress: { done: 3, total: 7, unit: 'devices' } });
  });

  it('overlooks a short failure of what was ready, and names a long one', () => {
    const rows = (ms: number) => [feed('device', failing(ms))];
    expect(describeDirectory(before('ready', ['device']), rows(1_000), options)).toMatchObject({
      state: 'ready',
      since,
    });
    expect(describeDirectory(before('ready', ['device']), rows(60_000), options)).toMatchObject({
      state: 'unavailable',
      since: now,
      code: 'GRAPH_UNAVAILABLE',
      reason: 'away',
    });
  });

  it('names the failure of a first pass at once, also beside a kind that is ready', () => {
    const first = feed('device', { ready: false, ...failing(0) });
    expect(describeDirectory(before('loading', []), [first], options)).toMatchObject({ state: 'unavailable' });
    const rows = [feed('device', {}), feed('user', { ready: false, ...failing(0) })];
    expect(describeDirectory(before('ready', ['device']), rows, options)).toMatchObject({
      state: 'ready',
      reason: 'away',
    });
  });

  it('is unavailable without a credential, whatever it once held', () => {
    const unknown = { ...options, configured: false };
    expect(describeDirectory(before('ready', ['device']), [feed('device', {})], unknown)).toMatchObject({
      state: 'unavailable',
      code: 'GRAPH_SIGN_IN_REFUSED',
      readyKinds: [],
    });
  });
});
