import { AdminService, noSignIn } from '@collection-sync/configmgr';
import { TOPICS } from '@collection-sync/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureHarness } from '../test/harness.js';
import { startRecordedSite, type RecordedSite } from '../test/recorded-site.js';

let site: RecordedSite;
let capture: CaptureHarness;
let source: AdminService;

beforeEach(async () => {
  site = await startRecordedSite();
  source = new AdminService({ url: site.url, signIn: noSignIn, attempts: 1, pageRows: 10 });
  capture = await CaptureHarness.create(source, {}, 'silent');
  await capture.directory('ready');
});
afterEach(async () => {
  await capture.close();
  await source.close();
  await site.close();
});

const published = async () =>
  new Map((await capture.published(TOPICS.collection)).map((event) => [event.collection, event]));

describe.each(['plain', 'filters'] as const)('a site as recorded (%s)', (mode) => {
  beforeEach(() => {
    site.mode = mode;
  });

  it('shows its ten built-in collections', async () => {
    await capture.tick();
    const collections = await published();
    expect([...collections.values()].map(({ collection, type, count }) => [collection, type, count])).toEqual([
      ['SMS00001', 'device', 37],
      ['SMS00002', 'user', 23],
      ['SMS00003', 'user', 24],
      ['SMS00004', 'user', 47],
      ['SMS000KM', 'device', 2],
      ['SMS000PS', 'device', 1],
      ['SMS000US', 'device', 2],
      ['SMSDM001', 'device', 0],
      ['SMSDM003', 'device', 19],
      ['SMSOTHER', 'other', 0],
    ]);
    expect(collections.get('SMS00001')?.changedAt).toBe('2026-07-18T08:08:03.870Z');
    expect((await capture.published(TOPICS.upstream)).at(-1)).toMatchObject({
      kind: 'site',
      name: 'ABC',
      state: 'ready',
    });
  });

  it.each([
    ['SMS00001', 'device', 37],
    ['SMS00002', 'user', 23],
    ['SMS00004', 'user', 47],
    ['SMS000US', 'device', 2],
    ['SMSDM001', 'device', 0],
  ] as const)('is read completely, collection %s', async (collection, collectionType, members) => {
    await capture.map({ collection, collectionType });
    await capture.converge();
    expect((await published()).get(collection)).toMatchObject({
      state: 'ok',
      lastRead: { verdict: 'complete', rows: members, distinct: members },
    });
    const adds = capture.sent().flatMap((chunk) => chunk.adds);
    expect(adds).toHaveLength(members);
    for (const { kind, identity } of adds) {
      expect(identity).not.toHaveProperty('deviceId');
      if (kind === 'user') expect(identity.sid).toMatch(/^S-1-5-21-1-2-3-\d+$/);
    }
  });
});

it.each(['noWmi', 'noRole'] as const)('a site that lets nobody ask (%s) says what is missing', async (mode) => {
  await capture.tick();
  site.mode = mode;
  await capture.tick();
  expect((await capture.published(TOPICS.upstream)).at(-1)).toMatchObject({
    state: 'unavailable',
    code: 'SOURCE_ACCESS_DENIED',
  });
  expect(await capture.collection('SMS00001')).toMatchObject({ state: 'ok' });
});
