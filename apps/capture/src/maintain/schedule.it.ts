import { AppError, DEFAULT_SCHEDULE, TOPICS, type LockStore } from '@collection-sync/core';
import { Loop } from '@collection-sync/platform';
import { eventually, PlanReader } from '@collection-sync/testing';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeSite } from '../../test/fake-site.js';
import { CaptureHarness, claimDue, COLLECTION, TENANT } from '../../test/harness.js';
import type { CaptureContext } from '../context.js';
import { runMaintenance } from './run-maintenance.js';
import { CollectionServer, serve } from '../serve-collections.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import { bookRows } from '../store/source.js';

let site: FakeSite;
let capture: CaptureHarness;

beforeEach(async () => {
  site = new FakeSite();
  site.set([[1, 'de000000-0000-4000-8000-000000000001']]);
  capture = await CaptureHarness.create(site, {}, 'silent');
  await capture.directory('ready');
});
afterEach(() => capture.close());

const claim = (of: Parameters<typeof claimDue>[1] = {}) => claimDue(capture.database, { rowsPerSecond: 2_000, ...of });
/** As the workers have it, but for the time between two looks. */
const serving = (context: CaptureContext) => {
  const server = new CollectionServer(context, () => loop.wake());
  const tick = (signal: AbortSignal): Promise<boolean> => server.startDue(signal);
  const loop = new Loop({ name: 'collections', everyMs: 600_000, log: context.log, tick });
  return { server, loop };
};

/** The site shows every collection as the one that it has, from a moment on. */
const showAll = async (from?: Promise<void>): Promise<void> => {
  const known = await site.collection(COLLECTION);
  site.collection = async (id) => {
    await from;
    return known && { ...known, id };
  };
};

/** Collections of which a read is requested. */
const mapMany = async (count: number): Promise<void> => {
  await capture.database.query(
    `insert into collection (id, type, listed, asked) select 'ABC1' || lpad(n::text, 4, '0'), 'device', true, 1 from generate_series(1, $1) n`,
    [count],
  );
  await capture.database.query(
    `insert into target (target, tenant, group_id, collection, collection_type, state, mapping_version, activated)
     select $1 || '/' || gen_random_uuid(), $1::uuid, gen_random_uuid(), id, 'device', 'active', 1, 1 from collection where id like 'ABC1%'`,
    [TENANT],
  );
};
const rest = (time: string) =>
  capture.database.query(`update collection set read_at = clock_timestamp() - interval '${time}'`);
const free = () => capture.database.query('update collection set claim = null, claimed_at = null');

describe('an unchanged collection', () => {
  it('is read again by the interval of its mapping, and daily at the latest', async () => {
    await capture.map({ schedule: { kind: 'interval', seconds: 300 } });
    await capture.converge();
    expect(await claim()).toEqual([]);
    await rest('200 seconds');
    expect(await claim()).toEqual([]);
    await rest('301 seconds');
    expect(await claim({ periodic: false })).toEqual([]);
    expect(await claim()).toMatchObject([{ id: COLLECTION, read: true, periodic: true }]);
    await free();
    await capture.map({ schedule: { kind: 'manual' } });
    await capture.work();
    await rest('23 hours');
    expect(await claim()).toEqual([]);
    await rest('25 hours');
    expect(await claim()).toMatchObject([{ id: COLLECTION, periodic: true }]);
  });

  it('is read now when its last read seems to lie in the future', async () => {
    await capture.map({ schedule: { kind: 'interval', seconds: 300 } });
    await capture.converge();
    await rest('-2 hours');
    expect(await claim()).toMatchObject([{ id: COLLECTION }]);
  });

  it('is read by a cron expression in its time zone', async () => {
    await capture.map({ schedule: { kind: 'cron', expression: '*/5 * * * *', timeZone: 'Europe/Berlin' } });
    await capture.converge();
    await runMaintenance(capture.context, AbortSignal.timeout(30_000));
    expect(await claim()).toEqual([]);
    await rest('10 minutes');
    await runMaintenance(capture.context, AbortSignal.timeout(30_000));
    expect(await claim()).toMatchObject([{ id: COLLECTION, periodic: true }]);
  });

  it('waits while the row budget of the site is used up, which a changed one does not', async () => {
    await capture.map({ schedule: { kind: 'interval', seconds: 300 } });
    await capture.converge();
    await rest('301 seconds');
    const budget = { rowsPerSecond: 2_000, burstRows: 10_000 };
    expect(await bookRows(capture.database, 10_000, budget)).toBe(0);
    expect(await bookRows(capture.database, 200_000, budget)).toBeGreaterThan(90_000);
    expect(await claim()).toEqual([]);
    site.set([[2, undefined]]);
    await capture.tick();
    expect(await claim()).toMatchObject([{ id: COLLECTION, read: true, periodic: false }]);
  });
});

describe('claims', () => {
  it('give each collection to one of many replicas, and to another one when its holder is silent', async () => {
    await capture.map();
    await capture.tick();
    await mapMany(40);
    const replica = async (): Promise<string[]> => {
      const taken: string[] = [];
      for (let more = true; more;) {
        const claims = await claim({ limit: 50 });
        taken.push(...claims.map(({ id }) => id));
        more = claims.length > 0;
      }
      return taken;
    };
    const claims = (await Promise.all(Array.from({ length: 6 }, replica))).flat();
    expect(claims).toHaveLength(41);
    expect(new Set(claims).size).toBe(41);
    expect(await claim()).toEqual([]);
    expect(await claim({ limit: 100, claimMs: 0 })).toHaveLength(41);
  });

  it('for periodic reads leave slots to what is urgent', async () => {
    let open = (): void => undefined;
    await showAll(new Promise<void>((resolve) => (open = resolve)));
    await mapMany(30);
    await capture.database.query(
      `update collection set read_asked = asked, read_at = clock_timestamp() - interval '1 h'`,
    );
    await capture.database.query('update target set every_seconds = 60');
    const { settings } = capture.context;
    const { server, loop } = serving(capture.context);
    const claimed = async (): Promise<number> =>
      (await capture.database.query('select from collection where claim is not null')).length;
    loop.start();
    try {
      await eventually(async () => (await claimed()) === settings.periodicSlots, { what: 'periodic reads' });
      await capture.database.query(`update collection set asked = asked + 1 where id in ('ABC10029', 'ABC10030')`);
      server.lookAgain();
      await eventually(async () => (await claimed()) === settings.periodicSlots + 2, { what: 'what is urgent' });
    } finally {
      open();
      await loop.stop();
      await server.drained();
    }
  });

  it('take what one look has found as slots get free, and look again for what came since when they are told to', async () => {
    await showAll();
    await mapMany(30);
    const reader = new PlanReader();
    const settings = { ...capture.context.settings, pollMs: 600_000 };
    const context = { ...capture.context, settings, database: reader.reading(capture.database) };
    const looks = (): number => reader.plans.filter(({ statement }) => /order by rank limit/.test(statement)).length;
    const { server, loop } = serving(context);
    const unread = async (): Promise<number> =>
      (
        await capture.database.query(
          `select from collection where id like 'ABC1%' and (read_asked < asked or claim is not null)`,
        )
      ).length;
    loop.start();
    try {
      await eventually(async () => (await unread()) === 0, { what: 'every collection' });
      expect(looks()).toBe(1);
      await capture.database.query(`update collection set asked = asked + 1 where id = 'ABC10007'`);
      server.lookAgain();
      await eventually(async () => (await unread()) === 0, { what: 'the one that is due again' });
      expect(looks()).toBe(2);
    } finally {
      await loop.stop();
      await server.drained();
    }
  });

  it('go on while the store of locks is away, since the database keeps the data right', async () => {
    await capture.map();
    await capture.tick();
    const away = () => Promise.reject(new AppError('REDIS_UNAVAILABLE', 'Redis does not answer'));
    const locks = { take: away, extend: away, release: away } as unknown as LockStore;
    const [only] = await claim();
    await serve({ ...capture.context, locks }, only!, AbortSignal.timeout(30_000));
    expect(capture.sent()).toMatchObject([{ content: 'complete', mode: 'full' }]);
  });
});

describe('commands', () => {
  it('do not wait for one that fails for no reason outside: it is answered with the reason', async () => {
    const group = '96009000-0000-4000-8000-000000000002';
    const others = `${TENANT}/${group}`;
    await capture.map();
    await capture.map({ target: others, group });
    await capture.converge();
    await capture.published(TOPICS.run);
    await capture.database.query(
      `create function defect() returns trigger language plpgsql as
       $$ begin if new.target <> '${others}' then raise exception 'a defect'; end if; return new; end $$`,
    );
    await capture.database.query(
      'create trigger defect before update of full_asked on target for each row execute function defect()',
    );
    const refused = await capture.command('full');
    const other = await capture.command('full', { target: others });
    await capture.work(0);
    const published = (await capture.published(TOPICS.run)).filter(({ event }) => event === 'command-answered');
    expect(published).toMatchObject([
      { command: refused, accepted: false, message: expect.stringContaining('a defect') as string },
      { command: other, accepted: true },
    ]);
  });
});

describe('a preview', () => {
  it('of a collection that cannot be read says so, and comes when it can', async () => {
    await capture.tick();
    site.failing = 'members';
    const command = await capture.command('preview', { collection: COLLECTION, collectionType: 'device' });
    await capture.work();
    expect(capture.sent()).toEqual([]);
    expect(await capture.published(TOPICS.run)).toMatchObject([
      { event: 'capture-failed', reason: `command:${command}` },
    ]);
    site.failing = undefined;
    await capture.reread();
    expect(capture.sent()).toMatchObject([{ mode: 'preview', content: 'complete', adds: [{ resource: 1 }] }]);
    await capture.reread();
    expect(capture.sent()).toEqual([]);
  });
});

describe('content that nobody wants any more', () => {
  it('is forgotten after a day, and read anew when somebody does', async () => {
    await capture.map();
    await capture.converge();
    await capture.map({ state: 'deleted' });
    await rest('25 hours');
    await runMaintenance(capture.context, AbortSignal.timeout(30_000));
    expect(await capture.members()).toEqual([]);
    capture.sent();
    await capture.map();
    await capture.converge();
    expect(capture.sent()).toMatchObject([{ mode: 'full', adds: [{ resource: 1 }] }]);
  });
});

describe('a read that is not complete', () => {
  const lastRead = async () => (await capture.published(TOPICS.collection)).at(-1)?.lastRead;

  it('says since when none was, until one is', async () => {
    await capture.map();
    await capture.converge();
    expect((await lastRead())?.incompleteSince).toBeUndefined();
    site.hide.add(1);
    await capture.reread();
    const first = await lastRead();
    expect(first).toMatchObject({ verdict: 'unknown', incompleteSince: first?.at });
    await capture.reread();
    const second = await lastRead();
    expect(second).toMatchObject({ verdict: 'unknown', incompleteSince: first?.at });
    expect(second?.at).not.toBe(first?.at);
    site.hide.clear();
    await capture.reread();
    expect((await lastRead())?.incompleteSince).toBeUndefined();
  });

  it('is done again sooner than the schedule, however often it failed', async () => {
    const { retryMs, retryMaxMs } = DEFAULT_SETTINGS;
    const patient = new CaptureHarness(capture.database, site, { retryMs, retryMaxMs }, 'silent');
    await patient.map({ schedule: DEFAULT_SCHEDULE });
    await patient.converge();
    site.hide.add(1);
    for (let read = 0; read < 12; read += 1) {
      await patient.reread();
      const [wait] = await capture.database.query<{ seconds: number }>(
        'select extract(epoch from retry_at - clock_timestamp())::float8 as seconds from collection',
      );
      expect(wait?.seconds).toBeGreaterThan(0);
      expect(wait?.seconds).toBeLessThan(300);
    }
  });

  it('is stamped by the clock of the database, whatever that of the process says', async () => {
    await capture.map();
    await capture.converge();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    await capture.reread();
    await capture.command('incremental');
    await capture.work();
    vi.useRealTimers();
    const stamps = [(await lastRead())?.at, (await capture.published(TOPICS.run)).at(-1)?.at];
    for (const stamp of stamps) expect(Math.abs(Date.parse(stamp ?? '') - Date.now())).toBeLessThan(600_000);
  });
});
