import { TOPICS } from '@collection-sync/core';
import { noticeChanges } from './notice-changes.js';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeSite } from '../../test/fake-site.js';
import { CaptureHarness, COLLECTION, simulatedSite } from '../../test/harness.js';

let site: Awaited<ReturnType<typeof simulatedSite>>;
let capture: CaptureHarness;

beforeAll(async () => {
  site = await simulatedSite('ten-step');
});
afterAll(() => site.close());

beforeEach(async () => {
  await site.control('POST', '/reset', {});
  capture = await CaptureHarness.create(site.site);
  await capture.directory('ready');
  return () => capture.close();
});

const published = async () =>
  new Map((await capture.published(TOPICS.collection)).map((event) => [event.collection, event]));
const upstream = async () => (await capture.published(TOPICS.upstream)).at(-1);

const oddRow = (row: { set?: Record<string, unknown>; omit?: string[] }) =>
  site.control('POST', '/faults', {
    face: 'adminservice',
    class: 'SMS_Collection',
    rows: { where: { CollectionID: 'SMSDM003' }, ...row },
  });

it('publishes every built-in collection of a site, and which of them holds neither devices nor users', async () => {
  await capture.tick();
  const collections = await published();
  for (const id of ['SMS00001', 'SMS00003', 'SMS000KM', 'SMS000PS', 'SMS000US', 'SMSDM001', 'SMSDM003'])
    expect(collections.get(id), id).toBeDefined();
  expect(collections.get('SMSOTHER')).toMatchObject({
    name: 'All Custom Resources',
    type: 'other',
    state: 'ok',
    source: 'configmgr/ABC',
  });
  expect(await upstream()).toMatchObject({ kind: 'site', state: 'ready' });
});

it.each([
  { name: 'an unknown type', set: { CollectionType: 9 } },
  { name: 'no type', omit: ['CollectionType'] },
  { name: 'an id that is none', set: { CollectionID: 'SMSDM_03' } },
  { name: 'no id', omit: ['CollectionID'] },
])('lists the others when one collection has $name', async ({ name: _name, ...row }) => {
  await oddRow(row);
  await capture.map({ collection: COLLECTION });
  await capture.converge();
  const collections = await published();
  expect(collections.get(COLLECTION)).toMatchObject({ state: 'ok' });
  expect(collections.get('SMSOTHER')).toBeDefined();
  expect(collections.has('SMSDM003')).toBe(false);
  expect(await upstream()).toMatchObject({
    state: 'ready',
    code: 'SOURCE_ANSWER_UNREADABLE',
    reason: expect.stringMatching(/left out.*: 1 of the site's collections, such as /),
  });
  expect(capture.sent()).not.toEqual([]);
});

it.each([
  { name: 'NUL in its comment', set: { Comment: 'a\0b' }, shown: { comment: 'a\uFFFDb' } },
  { name: 'half a pair in its name', set: { Name: 'a\uD800b' }, shown: { name: 'a\uFFFDb' } },
  { name: 'numbers as texts', set: { CollectionType: '2', MemberCount: '3' }, shown: { type: 'device', count: 3 } },
  { name: 'no count and no name', omit: ['MemberCount', 'Name'], shown: { name: 'SMSDM003' } },
  {
    name: 'a time of the year 20000',
    set: { LastMemberChangeTime: '+020000-01-01T00:00:00Z' },
    shown: { changedAt: null },
  },
])('publishes a collection with $name cleaned', async ({ set, omit, shown }) => {
  await oddRow({ ...(set ? { set } : {}), ...(omit ? { omit } : {}) });
  await capture.tick();
  expect((await published()).get('SMSDM003')).toMatchObject(shown);
});

it('says of content which source it comes from', async () => {
  await capture.map({ collection: COLLECTION });
  await capture.converge();
  expect(capture.sent()).toMatchObject([{ source: 'configmgr/ABC' }]);
});

it('asks the source for no id that it would not have given', async () => {
  await capture.map({ collection: 'two.words' });
  await capture.converge();
  expect((await capture.published(TOPICS.run)).at(-1)).toMatchObject({
    event: 'capture-failed',
    message: expect.stringContaining('two.words is not an id of its collections'),
  });
});

it('reads no members of a collection of neither devices nor users, and says why', async () => {
  await capture.map({ collection: 'SMSOTHER' });
  await capture.converge();
  expect(capture.sent()).toEqual([]);
  expect((await capture.published(TOPICS.run)).at(-1)).toMatchObject({
    event: 'capture-failed',
    message: expect.stringContaining('neither devices nor users'),
  });
});

it('counts nothing as gone while a listing leaves rows out, and says when all is well again', async () => {
  await capture.tick();
  await upstream();
  await oddRow({ omit: ['CollectionType'] });
  for (let tick = 0; tick < 3; tick += 1) await capture.tick();
  expect(await capture.collection('SMSDM003')).toMatchObject({ state: 'ok', missing_listings: 0 });
  expect(await upstream()).toMatchObject({ state: 'ready', reason: expect.stringContaining('left out') });
  await site.control('DELETE', '/faults');
  await capture.tick();
  const well = await upstream();
  expect(well?.state).toBe('ready');
  expect(well?.reason).toBeUndefined();
});

it('reads a member that cannot be understood as a read that is not complete', async () => {
  await capture.map({ collection: COLLECTION });
  await capture.converge();
  const before = await capture.members();
  capture.sent();
  await site.control('POST', '/faults', {
    face: 'adminservice',
    class: 'SMS_FullCollectionMembership',
    rows: { where: { ResourceID: before[0] }, omit: ['ResourceID'] },
  });
  await capture.reread();
  expect(await capture.members()).toEqual(before);
  expect((await published()).get(COLLECTION)).toMatchObject({
    state: 'incomplete',
    lastRead: { why: expect.stringMatching(/left out.*: 1 of the site's members/) },
  });
  expect(capture.sent()).toEqual([]);
});

it('makes the site unavailable with the reason when a listing fails for a reason of its own', async () => {
  await capture.tick();
  await upstream();
  class Broken extends FakeSite {
    override async *collections(): ReturnType<FakeSite['collections']> {
      throw new TypeError('x is undefined');
    }
  }
  const broken = new CaptureHarness(capture.database, new Broken());
  await broken.tick();
  expect(await upstream()).toMatchObject({
    state: 'unavailable',
    code: 'INTERNAL',
    reason: expect.stringContaining('x is undefined'),
  });
  expect(await noticeChanges(capture.context, AbortSignal.timeout(10_000))).toBe('idle');
  await capture.tick();
  expect(await upstream()).toMatchObject({ state: 'ready' });
  expect(await noticeChanges(capture.context, AbortSignal.timeout(10_000))).toBeUndefined();
});

it.each(['noRole', 'noWmi'])('names what an account without rights lacks (%s)', async (denied) => {
  await capture.tick();
  await upstream();
  await site.switches({ 'rbac.denied': denied });
  await capture.tick();
  expect(await upstream()).toMatchObject({
    state: 'unavailable',
    code: 'SOURCE_ACCESS_DENIED',
    reason: expect.stringMatching(/administrative user.*SMS Admins.*SMS Provider/),
  });
  expect(await capture.collection()).toMatchObject({ state: 'ok', missing_listings: 0 });
});
