import { TOPICS, type Received } from '@collection-sync/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptureHarness, COLLECTION, simulatedSite, TARGET } from '../test/harness.js';
import { CaptureHandlers } from './handlers.js';

type Simulated = Awaited<ReturnType<typeof simulatedSite>>;
let site: Simulated;
let capture: CaptureHarness;

beforeAll(async () => {
  site = await simulatedSite();
});
afterAll(() => site.close());

beforeEach(async () => {
  await site.control('POST', '/reset', {});
  capture = await CaptureHarness.create(site.site);
  return () => capture.close();
});

const start = async () => {
  await capture.directory('ready');
  const mapping = await capture.map();
  await capture.converge();
  return mapping;
};

const names = (adds: readonly { name: string }[]) => adds.map(({ name }) => name).sort();

describe('capture', () => {
  it('sends the first content of a mapping as complete and full', async () => {
    const mapping = await start();
    const [chunk, ...more] = capture.sent();
    expect(more).toEqual([]);
    expect(chunk).toMatchObject({ mode: 'full', content: 'complete', from: 0, chunk: 0, last: true, removes: [] });
    expect(names(chunk!.adds)).toEqual(['DeviceB', 'DeviceC']);
    expect(chunk!.adds.every(({ identity }) => identity.deviceId)).toBe(true);
    expect(chunk!.targets).toMatchObject([{ target: TARGET, reason: `activated:${mapping.activated}` }]);
  });

  it('sends what changed as a delta that follows the version before', async () => {
    await start();
    const [first] = capture.sent();
    await site.members(['DeviceB', 'DeviceD']);
    await capture.converge();
    const [delta, ...more] = capture.sent();
    expect(more).toEqual([]);
    expect(delta).toMatchObject({ mode: 'incremental', content: 'delta', from: first!.to });
    expect(names(delta!.adds)).toEqual(['DeviceD']);
    expect(delta!.removes).toHaveLength(1);
    expect(await capture.members()).toHaveLength(2);
    const [tombstones] = await capture.database.query('select count(*) as n from membership where not present');
    expect(tombstones).toEqual({ n: 0 });
  });

  it('notices a swap within the second of the change before, until that second is surely over', async () => {
    await start();
    await site.members(['DeviceB', 'DeviceD']);
    await capture.converge();
    capture.sent();
    await site.switches({ 'data.timeNotMoved': true });
    await site.members(['DeviceB', 'DeviceC']);
    await capture.converge();
    expect(capture.sent()).toMatchObject([{ content: 'delta', adds: [{ name: 'DeviceC' }] }]);
    await capture.database.query("update collection set seen_from = seen_from - interval '10 s'");
    await capture.converge();
    expect(await capture.collection()).toMatchObject({ seen_settled: true });
    await site.members(['DeviceB', 'DeviceD']);
    await capture.converge();
    expect(capture.sent()).toEqual([]);
  });

  it('tells every collection of the site, mapped or not', async () => {
    await start();
    const published = await capture.published(TOPICS.collection);
    expect(published.map(({ collection }) => collection)).toContain(COLLECTION);
    expect(published.filter(({ collection }) => collection === COLLECTION).at(-1)).toMatchObject({
      state: 'ok',
      count: 2,
      lastRead: { verdict: 'complete', rows: 2, distinct: 2, stated: 2 },
    });
    expect(published.length).toBeGreaterThan(1);
  });

  it('sends nothing while the mirror of the tenant is not ready, and everything when it is', async () => {
    await capture.map();
    await capture.converge();
    expect(capture.sent()).toEqual([]);
    await capture.directory('ready');
    await capture.work();
    expect(capture.sent()).toMatchObject([{ mode: 'full', content: 'complete' }]);
  });

  it('proves its reads by the clock of the database, however wrong its own is', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      await start();
    } finally {
      vi.useRealTimers();
    }
    const [proof] = await capture.database.query(
      `select (last_complete ->> 'at')::timestamptz between clock_timestamp() - interval '1 minute' and clock_timestamp() as sane from collection where last_complete is not null`,
    );
    expect(proof).toEqual({ sane: true });
  });

  it('answers an incremental command with nothing to do', async () => {
    await start();
    capture.sent();
    await capture.published(TOPICS.run);
    const command = await capture.command('incremental');
    await capture.work();
    expect(capture.sent()).toEqual([]);
    expect(await capture.published(TOPICS.run)).toMatchObject([
      { event: 'command-answered', command, accepted: true },
      { event: 'nothing-to-do', command },
    ]);
  });

  it('sends a full for a command, and a preview of a collection that is not mapped', async () => {
    await start();
    capture.sent();
    const full = await capture.command('full');
    await capture.work();
    expect(capture.sent()).toMatchObject([
      { mode: 'full', content: 'complete', targets: [{ reason: `command:${full}` }] },
    ]);
    const preview = await capture.command('preview', { collection: 'SMS00001', collectionType: 'device' });
    await capture.work();
    const chunks = capture.sent();
    expect(chunks).toMatchObject([
      { mode: 'preview', collection: 'SMS00001', targets: [{ target: TARGET, reason: `command:${preview}` }] },
    ]);
    expect(chunks[0]!.adds.length).toBeGreaterThan(3);
  });

  it('sends a preview again when a mirror of the tenant becomes ready, until the writer has answered it', async () => {
    await start();
    const preview = await capture.command('preview', { collection: 'SMS00001', collectionType: 'device' });
    await capture.work();
    const previews = () => capture.sent().filter(({ mode }) => mode === 'preview');
    expect(previews()).toHaveLength(1);
    await capture.work();
    expect(previews()).toEqual([]);
    // the resolver had no mirror of its kind: since it has one, the tenant is ready from another time on
    await capture.directory('loading');
    await capture.directory('ready');
    await capture.work();
    expect(previews()).toMatchObject([{ targets: [{ reason: `command:${preview}` }] }]);
    const answer = { event: 'command-answered', command: preview, accepted: true, message: 'done' } as const;
    const about = { target: TARGET, collection: 'SMS00001', activated: 0, at: new Date().toISOString(), sequence: 1 };
    await new CaptureHandlers(capture.context).run([
      { event: { ...answer, ...about, producer: 'writer' } } as Received<typeof TOPICS.run>,
    ]);
    await capture.directory('loading');
    await capture.directory('ready');
    await capture.work();
    expect(previews()).toEqual([]);
  });

  it('sends a preview again when a mirror became ready while it was being sent', async () => {
    await start();
    await capture.command('preview', { collection: 'SMS00001', collectionType: 'device' });
    capture.sent();
    capture.atPoint = async (point) => {
      if (point !== 'capture.chunk-sent') return;
      capture.atPoint = undefined;
      await capture.directory('loading');
      await capture.directory('ready');
    };
    await capture.work();
    await capture.work();
    expect(capture.sent().filter(({ mode }) => mode === 'preview')).toHaveLength(2);
  });
});
