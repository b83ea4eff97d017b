import { AppError, TOPICS } from '@collection-sync/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld, NEVER } from '../../test/directory-world.js';
import { reportDirectory } from '../report/report-directory.js';
import { ensureFeed } from '../store/feeds.js';
import { forgetDeleted } from '../store/objects.js';
import { FeedMirror } from './feed-mirror.js';

let world: DirectoryWorld;
afterEach(() => world.close());

const deviceIds = async (): Promise<string[]> =>
  [...(await world.objects()).values()].map(({ deviceId }) => deviceId ?? '').sort();

const refuse = (status: number, code: string): Promise<unknown> =>
  world.control('POST', '/faults', { face: 'graph', url: 'devices/delta', status, code, message: 'no' });

describe('the first pass', () => {
  it('mirrors every device through empty pages and replays, with progress, and announces no changes', async () => {
    world = await DirectoryWorld.open({
      world: devicesWorld(95),
      graph: {
        deltaPageSize: 10,
        delta: {
          omit: 0,
          replay: 2,
          emptyPages: 3,
          expireDays: 7,
          expired: '410',
          resetBefore: 0,
          lagMs: 0,
          withoutId: 0,
        },
      },
    });
    const states: string[] = [];
    const mirror = await world.mirror('device', {
      onPoint: async (point) => {
        if (point !== 'resolver.page-stored') return;
        const { state, progress } = await reportDirectory(world.context(), world.tenant, { progress: true });
        states.push(`${state} ${progress?.done} ${progress?.total} ${progress?.unit}`);
      },
    });
    await mirror.round(NEVER);
    expect((await world.objects()).size).toBe(95);
    expect(await world.feed()).toMatchObject({ ready: true, phase: 'delta', objects: 95 });
    expect(states[1]).toMatch(/^loading 2\d null devices$/);
    expect(await world.changes()).toEqual([]);
    const reported = await world.published(TOPICS.upstream);
    expect(reported.at(-1)).toMatchObject({
      kind: 'directory',
      name: world.tenant,
      state: 'ready',
      figures: { devices: 95 },
    });
    expect(reported.map(({ sequence }) => sequence)).toEqual(
      [...new Set(reported.map(({ sequence }) => sequence))].sort((a, b) => a - b),
    );
  });

  it('goes on from the stored link after a restart in the middle', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(60), graph: { deltaPageSize: 10 } });
    let pages = 0;
    const dying = await world.mirror('device', {
      onPoint: (point) => {
        if (point === 'resolver.page-stored' && ++pages === 3) throw new AppError('INTERNAL', 'killed');
      },
    });
    await expect(dying.round(NEVER)).rejects.toThrow('killed');
    expect(await world.feed()).toMatchObject({ ready: false, phase: 'pass', done: 30 });
    await world.control('DELETE', '/journal');
    await world.fill('device');
    expect((await world.objects()).size).toBe(60);
    expect(await world.asked()).toHaveLength(3);
  });

  it.each(['410', 'syncStateNotFound', 'generation'] as const)(
    'starts again when its token expires in the middle (%s), and holds nothing that is gone meanwhile',
    async (expired) => {
      world = await DirectoryWorld.open({
        world: devicesWorld(40),
        graph: {
          deltaPageSize: 10,
          delta: { omit: 0, replay: 0, emptyPages: 0, expireDays: 7, expired, resetBefore: 0, lagMs: 0, withoutId: 0 },
        },
      });
      let pages = 0;
      const mirror = await world.mirror('device', {
        onPoint: async (point) => {
          if (point !== 'resolver.page-stored' || ++pages !== 2) return;
          await world.control('POST', '/devices/PC3/delete');
          await world.passDays(8);
        },
      });
      expect(await mirror.round(NEVER)).toBe(true);
      expect(await world.feed()).toMatchObject({ ready: false, phase: 'pass', link: null, done: 0 });
      await mirror.round(NEVER);
      expect(await world.feed()).toMatchObject({ ready: true, pass: 2, objects: 39 });
      expect((await world.objects()).size).toBe(39);
      expect(await world.changes()).toEqual([]);
    },
  );
});

describe('later rounds', () => {
  it('announce what appears, is re-registered, disabled, enabled and deleted, and ask for nothing else', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(5) });
    await world.fill('device');
    await world.control('DELETE', '/journal');
    await world.fill('device');
    expect(await world.asked()).toHaveLength(1);
    expect(await world.changes()).toEqual([]);

    const round = async (): Promise<unknown[]> => {
      await world.forgetPublished();
      await world.fill('device');
      return (await world.changes()).map(({ change, deviceId }) => [change, deviceId]);
    };
    await world.control('POST', '/devices', { name: 'NEW' });
    const { deviceId } = await world.device('NEW');
    expect(await round()).toEqual([['appeared', deviceId]]);
    await world.control('POST', '/devices/NEW/disable');
    expect(await round()).toEqual([['changed', deviceId]]);
    await world.control('POST', '/devices/NEW/enable');
    expect(await round()).toEqual([['changed', deviceId]]);
    await world.control('POST', '/devices/NEW/re-register', { where: 'both' });
    const again = await world.device('NEW');
    const changed = await round();
    expect(changed).toContainEqual(['appeared', again.deviceId]);
    expect(changed).toContainEqual(['gone', deviceId]);
    await world.control('POST', '/devices/NEW/delete');
    expect(await round()).toEqual([['gone', again.deviceId]]);
    expect(await round()).toEqual([]);
    await world.control('POST', `/directory/${again.objectId}/restore`);
    expect(await round()).toEqual([['appeared', again.deviceId]]);
    await world.control('PATCH', `/directory/${again.objectId}`, { displayName: 'RENAMED' });
    expect(await round()).toEqual([]);
    await world.control('POST', '/devices/NEW/delete');
    expect(await round()).toEqual([['gone', again.deviceId]]);
    expect((await world.feed()).objects).toBe(5);
  });

  it('are asked for in their time only, by whichever replica comes first', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    const mirrors = [
      await world.mirror('device', { feedEveryMs: 60_000 }),
      await world.mirror('device', { feedEveryMs: 60_000 }),
    ];
    await Promise.all(mirrors.map((mirror) => mirror.round(NEVER)));
    await Promise.all(mirrors.map((mirror) => mirror.round(NEVER)));
    expect(await world.asked()).toHaveLength(1);
  });
});

describe('a later full pass', () => {
  it.each([
    ['its token is older than 7 days', () => world.passDays(8)],
    ['Graph asks for it', () => world.switches({ delta: { resetBefore: Date.now() + 60_000 } })],
  ])('when %s: the old mirror serves meanwhile, and the differences are announced', async (_, expire) => {
    world = await DirectoryWorld.open({ world: devicesWorld(30), graph: { deltaPageSize: 10 } });
    await world.fill('device');
    const { since } = (await world.published(TOPICS.upstream)).at(-1) ?? {};
    const gone = await world.device('PC7');
    await world.control('POST', '/devices/PC7/delete');
    await world.control('POST', '/devices', { name: 'NEW' });
    await expire();
    await world.forgetPublished();
    const mirror = await world.mirror();
    expect(await mirror.round(NEVER)).toBe(true);
    expect(await world.feed()).toMatchObject({ ready: true, phase: 'pass', pass: 2 });
    expect(await deviceIds()).toContain(gone.deviceId);
    await world.switches({ delta: { resetBefore: 0 } });
    await mirror.round(NEVER);
    expect(await world.feed()).toMatchObject({ ready: true, phase: 'delta', objects: 30 });
    const fresh = await world.device('NEW');
    expect((await world.changes()).map(({ change, deviceId }) => [change, deviceId]).sort()).toEqual(
      [
        ['appeared', fresh.deviceId],
        ['gone', gone.deviceId],
      ].sort(),
    );
    const state = (await world.published(TOPICS.upstream)).at(-1);
    if (state) expect(state).toMatchObject({ state: 'ready', since });
  });

  it('goes on with marking what is gone after a restart there', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(10) });
    await world.fill('device');
    await world.control('POST', '/devices/PC1/delete');
    await world.passDays(8);
    await world.forgetPublished();
    let stored = false;
    const dying = await world.mirror('device', {
      onPoint: (point) => {
        if (point === 'resolver.page-stored') stored = true;
        if (stored) throw new AppError('INTERNAL', 'killed');
      },
    });
    await dying.round(NEVER);
    await expect(dying.round(NEVER)).rejects.toThrow('killed');
    expect(await world.feed()).toMatchObject({ phase: 'sweep', ready: true });
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ phase: 'delta', objects: 9 });
    expect((await world.changes()).map(({ change }) => change)).toEqual(['gone']);
  });

  it('follows when Graph refuses a stored link for any reason', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await world.fill('device');
    await world.database.execute(`update feed set link = 'https://elsewhere.example/v1.0/devices/delta?$deltatoken=x'`);
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ pass: 2, phase: 'delta', ready: true });
  });

  it('follows when other properties are tracked than before', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await world.fill('device');
    await world.database.execute(`update feed set selected = 'deviceId'`);
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ pass: 2, phase: 'delta' });
  });
});

describe('a full pass that lost too much', () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      name: `PC${at}`,
      deviceId: `22222222-0000-4000-8000-${String(at).padStart(12, '0')}`,
      objectId: `33333333-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }));
  /** From now on Graph lists these, and is asked for everything. */
  const lists = async (devices: object[]): Promise<void> => {
    await world.control('POST', '/reset', { world: { tenantId: world.tenant, devices } });
    await world.database.execute(`update feed set selected = 'something else' where phase = 'delta'`);
  };
  const reported = async () => (await world.published(TOPICS.upstream)).at(-1);

  beforeEach(async () => {
    world = await DirectoryWorld.open({ world: { devices: ids(100) } });
    await world.fill('device');
    await world.forgetPublished();
  });

  it('by being empty is never believed, however often it comes; the mirror serves on, with the reason', async () => {
    await lists([]);
    const mirror = await world.mirror();
    for (let asked = 0; asked < 3; asked += 1) expect(await mirror.round(NEVER)).toBe(true);
    expect((await world.objects()).size).toBe(100);
    expect(await world.changes()).toEqual([]);
    expect(await reported()).toMatchObject({
      state: 'ready',
      code: 'GRAPH_LISTING_DOUBTED',
      reason: expect.stringContaining('listed no devices at all') as unknown,
    });
    await lists(ids(100));
    expect(await mirror.round(NEVER)).toBe(false);
    expect(await world.feed()).toMatchObject({ phase: 'delta', objects: 100, doubt: null });
    expect(await world.changes()).toEqual([]);
    expect((await reported())?.code).toBeUndefined();
  });

  it('is believed when the next one says the same, and not before', async () => {
    await lists(ids(60));
    const mirror = await world.mirror();
    await mirror.round(NEVER);
    expect(await world.changes()).toEqual([]);
    expect(await reported()).toMatchObject({ code: 'GRAPH_LISTING_DOUBTED' });
    await mirror.round(NEVER);
    expect((await world.objects()).size).toBe(60);
    expect((await world.changes()).map(({ change }) => change)).toEqual(Array(40).fill('gone'));
  });

  it('is not confirmed by one that lost others', async () => {
    const mirror = await world.mirror();
    await lists(ids(60));
    await mirror.round(NEVER);
    await lists(ids(100).slice(40));
    await mirror.round(NEVER);
    expect((await world.objects()).size).toBe(100);
    await lists(ids(100));
    await mirror.round(NEVER);
    expect(await world.feed()).toMatchObject({ phase: 'delta', objects: 100 });
    expect(await world.changes()).toEqual([]);
  });

  it('still announces what it lists for the first time', async () => {
    await lists([...ids(120).slice(110)]);
    await (await world.mirror()).round(NEVER);
    expect((await world.objects()).size).toBe(110);
    expect((await world.changes()).map(({ change }) => change)).toEqual(Array(10).fill('appeared'));
  });
});

describe('a row that cannot be read', () => {
  const withoutId = (n: number) => world.switches({ delta: { withoutId: n } });
  const state = async () => (await world.published(TOPICS.upstream)).at(-1);
  const incomplete = {
    state: 'ready',
    code: 'GRAPH_LISTING_INCOMPLETE',
    reason: expect.stringContaining('1 devices that cannot be read') as unknown,
  };

  it('in a full pass: nobody is taken as gone, operators are told, and an hour later it is listed again', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(9) });
    await world.fill('device');
    await world.control('POST', '/devices/PC7/delete');
    await world.database.execute(`update feed set selected = 'something else'`);
    await withoutId(6);
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ phase: 'delta', leftOut: 1 });
    expect((await world.objects()).size).toBe(9);
    expect(await world.changes()).toEqual([]);
    expect(await state()).toMatchObject(incomplete);
    await withoutId(0);
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ pass: 2, leftOut: 1 });
    await world.database.execute(`update feed set pass_again_at = pass_again_at - interval '1 hour'`);
    await world.fill('device');
    expect(await world.feed()).toMatchObject({ pass: 3, leftOut: 0, objects: 8 });
    expect((await world.changes()).map(({ change }) => change)).toEqual(['gone']);
    expect((await state())?.code).toBeUndefined();
  });

  it('in the first pass: it is repeated once, then the others are resolved', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(9) });
    await withoutId(6);
    const mirror = await world.mirror();
    expect(await mirror.round(NEVER)).toBe(true);
    expect(await world.feed()).toMatchObject({ ready: false, pass: 2 });
    expect(await state()).toMatchObject({ state: 'loading', code: 'GRAPH_LISTING_DOUBTED' });
    await mirror.round(NEVER);
    expect(await world.feed()).toMatchObject({ ready: true, objects: 8 });
    expect(await state()).toMatchObject(incomplete);
  });

  it('among later changes: operators are told', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await world.fill('device');
    await withoutId(1);
    await world.control('POST', '/devices/PC1/disable');
    await world.fill('device');
    expect(await state()).toMatchObject(incomplete);
  });
});

it('an unexpected failure makes the tenant unavailable with the reason, until a round succeeds', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(3) });
  let broken = true;
  const mirror = await world.mirror('device', {
    onPoint: () => {
      if (broken) throw new TypeError('cannot read the page');
    },
  });
  const state = async () => (await world.published(TOPICS.upstream)).at(-1);
  await expect(mirror.round(NEVER)).rejects.toThrow('cannot read');
  expect(await state()).toMatchObject({ state: 'unavailable', code: 'INTERNAL', reason: 'cannot read the page' });
  broken = false;
  await mirror.round(NEVER);
  expect((await state())?.state).toBe('ready');
});

it('a tenant without devices is asked twice before it counts as empty', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(0) });
  const mirror = await world.mirror();
  expect(await mirror.round(NEVER)).toBe(true);
  expect(await world.feed()).toMatchObject({ ready: false });
  expect((await world.published(TOPICS.upstream)).at(-1)).toMatchObject({
    state: 'loading',
    code: 'GRAPH_LISTING_DOUBTED',
  });
  expect(await mirror.round(NEVER)).toBe(false);
  expect(await world.feed()).toMatchObject({ ready: true, objects: 0 });
});

describe('one replica at a time', () => {
  it('refuses the page of a replica that was overtaken while it was frozen', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(30), graph: { deltaPageSize: 10 } });
    let thaw = (): void => undefined;
    const frozen = new Promise<void>((resolve) => (thaw = resolve));
    let pages = 0;
    const context = world.context({
      onPoint: (point) => (point === 'resolver.page-read' && ++pages === 2 ? frozen : undefined),
    });
    await ensureFeed(world.database, world.tenant, 'device');
    const slow = new FeedMirror(context, world.tenant, 'device');
    const late = slow.round(NEVER);
    await expect.poll(() => pages).toBe(2);
    // its lock runs out while it is frozen
    await world.locks.release(`mirror:${world.tenant}:device`, context.owner);
    await world.fill('device');
    const before = await world.feed();
    await world.control('POST', '/devices/PC29/delete');
    await world.fill('device');
    thaw();
    expect(await late).toBe('idle');
    expect(await world.feed()).toMatchObject({ feedNo: before.feedNo + 1, phase: 'delta', objects: 29 });
    expect((await world.objects()).size).toBe(29);
  });
});

describe('a tenant that is away', () => {
  it('is unavailable with the reason while its first pass fails, and loads when it is back', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await refuse(403, 'Authorization_RequestDenied');
    const mirror = await world.mirror();
    await expect(mirror.round(NEVER)).rejects.toMatchObject({ code: 'GRAPH_PERMISSION_MISSING' });
    expect((await world.published(TOPICS.upstream)).at(-1)).toMatchObject({
      state: 'unavailable',
      code: 'GRAPH_PERMISSION_MISSING',
      reason: expect.stringContaining('403') as unknown,
    });
    await world.control('DELETE', '/faults');
    await mirror.round(NEVER);
    const back = (await world.published(TOPICS.upstream)).at(-1);
    expect(back?.state).toBe('ready');
    expect(back?.reason).toBeUndefined();
  });

  it('stays ready for a while when it was, then is unavailable, then ready again: every target is sent its content', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await world.fill('device');
    const first = (await world.published(TOPICS.upstream)).at(-1);
    await refuse(401, 'InvalidAuthenticationToken');
    const mirror = await world.mirror('device', { unavailableAfterMs: 60_000 });
    await expect(mirror.round(NEVER)).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    expect((await world.published(TOPICS.upstream)).at(-1)).toMatchObject({
      state: 'ready',
      sequence: first?.sequence,
    });
    await world.database.execute(`update feed set failed_since = now() - interval '2 minutes'`);
    await expect(mirror.round(NEVER)).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    expect((await world.published(TOPICS.upstream)).at(-1)).toMatchObject({
      state: 'unavailable',
      code: 'GRAPH_SIGN_IN_REFUSED',
    });
    await world.control('DELETE', '/faults');
    await mirror.round(NEVER);
    const last = (await world.published(TOPICS.upstream)).at(-1);
    expect(last?.state).toBe('ready');
    expect(Date.parse(last?.since ?? '')).toBeGreaterThan(Date.parse(first?.since ?? ''));
  });

  it('waits as long as Graph asks for', async () => {
    world = await DirectoryWorld.open({ world: devicesWorld(3) });
    await world.control('POST', '/faults', {
      face: 'graph',
      url: 'devices/delta',
      status: 429,
      headers: { 'Retry-After': '3600' },
      times: 1,
    });
    const mirror = await world.mirror();
    await expect(mirror.round(NEVER)).rejects.toMatchObject({ code: 'GRAPH_THROTTLED' });
    expect(await mirror.round(NEVER)).toBe('idle');
    expect(await world.asked()).toHaveLength(1);
  });
});

it('reads within the quota that all mirrors of a tenant share, at what Graph says a page costs', async () => {
  const users = Array.from({ length: 20 }, (_, index) => ({
    name: `U${index}`,
    userName: `u${index}`,
    upn: `u${index}@contoso.com`,
  }));
  world = await DirectoryWorld.open({
    world: { ...devicesWorld(20), users },
    graph: { deltaPageSize: 1, deltaRu: 5 },
  });
  // reads leave 100 units in the bucket: 40 pages of 5 take 1.6 s at least, after it has filled
  const budget = world.newBudget({ units: 120, unitWindowMs: 1_000 });
  const mirrors = [await world.mirror('device', {}, budget), await world.mirror('user', {}, budget)];
  const started = performance.now();
  await Promise.all(mirrors.map((mirror) => mirror.round(NEVER)));
  expect((await world.objects()).size).toBe(40);
  expect(performance.now() - started).toBeGreaterThan(2_000);
});

it('mirrors users by object id, SID and UPN, and announces them so', async () => {
  world = await DirectoryWorld.open({
    world: { users: [{ name: 'Ann', userName: 'ann', upn: 'Ann@Contoso.com', sid: 's-1-5-21-1' }] },
  });
  await world.fill('user');
  const [[id, ann] = []] = [...(await world.objects())];
  expect(ann?.upn).toBe('ann@contoso.com');
  await world.control('POST', '/users/Ann/delete');
  await world.fill('user');
  expect(await world.changes()).toEqual([{ change: 'gone', userId: id, sid: 'S-1-5-21-1', upn: 'ann@contoso.com' }]);
});

it('remembers a deleted object for a while, then forgets it', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(2) });
  await world.fill('device');
  await world.control('POST', '/devices/PC0/delete');
  await world.fill('device');
  const rows = () => world.database.query('select 1 from directory_object');
  await forgetDeleted(world.database, 30);
  expect(await rows()).toHaveLength(2);
  await world.database.execute(`update directory_object set deleted_at = deleted_at - interval '31 days'`);
  await forgetDeleted(world.database, 30);
  expect(await rows()).toHaveLength(1);
});
