import { readFile } from 'node:fs/promises';
import { AdminService, noSignIn } from '@collection-sync/configmgr';
import { DEFAULT_POLICY, judgeRemovals, TOPICS } from '@collection-sync/core';
import { adminServiceSwitches } from '@collection-sync/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CaptureHarness, simulatedSite } from '../../test/harness.js';
import { runMaintenance } from '../maintain/run-maintenance.js';

type Simulated = Awaited<ReturnType<typeof simulatedSite>>;
let site: Simulated;
let capture: CaptureHarness;
let before: number[];

beforeAll(async () => {
  site = await simulatedSite('demo');
});
afterAll(() => site.close());

const ID = 'ABC00014';

/** A collection with many members is captured; then the site begins to lie. */
beforeEach(async () => {
  await site.control('POST', '/reset', {});
  await site.members(
    Array.from({ length: 12 }, (_, index) => 16_777_219 + index),
    ID,
  );
  capture = await CaptureHarness.create(site.site);
  await capture.directory('ready');
  await capture.map({ collection: ID });
  await capture.converge();
  before = await capture.members(ID);
  capture.sent();
  await capture.published(TOPICS.run);
  return () => capture.close();
});

interface Lie {
  readonly name: string;
  readonly lie: () => Promise<unknown>;
  readonly reason: RegExp;
}

const lies: Lie[] = [
  {
    name: 'members are hidden: 200 with an empty list',
    lie: () => site.switches({ 'rbac.hideMembers': [ID] }),
    reason: /states \d+ members and shows 0/,
  },
  {
    name: 'every second member is hidden',
    lie: () => site.switches({ 'rbac.hideSome': [ID] }),
    reason: /states \d+ members and shows \d+/,
  },
  {
    name: 'the stated count is behind the rows',
    lie: () => site.switches({ 'data.staleCount': { [ID]: -1 } }),
    reason: /states \d+ members and shows \d+/,
  },
  {
    name: 'the stated count is ahead of the rows',
    lie: () => site.switches({ 'data.staleCount': { [ID]: 2 } }),
    reason: /states \d+ members and shows \d+/,
  },
  {
    name: 'members are named twice',
    lie: () => site.switches({ 'data.duplicates': 3 }),
    reason: /named members twice/,
  },
  {
    name: 'a page fails',
    lie: () => site.switches({ 'paging.failPage': 1, 'paging.failWith': '500' }),
    reason: /not every page arrived.*500/,
  },
  {
    name: 'a connection breaks in the middle',
    lie: () => fault({ wire: 'reset' }),
    reason: /not every page arrived/,
  },
  {
    name: 'an answer is cut off',
    lie: () => fault({ wire: 'truncate' }),
    reason: /not every page arrived/,
  },
  {
    name: 'an answer is a page for people',
    lie: () => fault({ wire: 'html' }),
    reason: /not every page arrived/,
  },
  {
    name: 'an answer has no list',
    lie: () => fault({ noValue: true }),
    reason: /no list of rows/,
  },
  {
    name: 'a list answers as empty although it is not',
    lie: () => fault({ empty: true }),
    reason: /states \d+ members and shows 0/,
  },
  {
    name: 'the class is not found',
    lie: () => fault({ status: 404 }),
    reason: /not every page arrived.*404/,
  },
  {
    name: 'the account is refused',
    lie: () => fault({ status: 401 }),
    reason: /not every page arrived.*401/,
  },
  {
    name: 'the collection is gone, and its members linger',
    lie: async () => {
      await site.switches({ 'collection.deletedLinger': true });
      await site.control('DELETE', `/collections/${ID}`);
    },
    reason: /does not show the collection|404/,
  },
  {
    name: 'the collection is hidden',
    lie: () => site.switches({ 'rbac.hideCollection': [ID] }),
    reason: /does not show the collection|404/,
  },
];

/** Nothing is wrong with what these sites show. */
const ODD: Record<string, unknown>[] = [
  { 'paging.mode': 'nextLink', 'paging.pageSize': 3 },
  { 'paging.mode': 'skip', 'paging.pageSize': 4 },
  { 'paging.serverCap': 5 },
  { 'paging.drift': true },
  { 'paging.unstableOrder': true },
  { 'odata.refuse': ['stringOr'] },
  { 'odata.refuse': ['or'], 'odata.refuseWith': '404' },
  { 'odata.refuse': ['or'], 'odata.refuseWith': 'empty' },
  { 'odata.refuse': ['compare'], 'odata.refuseWith': '404' },
  { 'odata.refuse': ['compare'], 'odata.refuseWith': 'empty' },
  { 'odata.refuse': ['orderby'], 'odata.refuseWith': '400' },
  { 'odata.refuse': ['orderby', 'compare', 'or'], 'odata.refuseWith': 'empty' },
  { 'odata.classCase': 'strict', 'odata.propertyCase': 'strict' },
  { 'odata.memberClass': true },
  { 'shape.collapseWithoutKey': true },
  { 'shape.braces': true },
  { 'shape.upperIds': true },
  { 'shape.nullNames': 1 },
  { 'shape.nullNames': 2 },
  { 'shape.keyedAsArray': false },
  { 'shape.idCasing': 'ResourceId' },
  { 'shape.idCasing': 'ResourceID' },
  { 'shape.systemFields': false },
  { 'shape.lazy': 'null', 'shape.lazySelect': 'accept' },
  { 'shape.lazySelect': 'reject' },
  { 'shape.intFlags': false },
  { 'shape.fractions': false },
  { 'shape.cloudSyncCount': false },
  ...['null', 'missing', 'empty', 'zero', 'mixed'].map((spelling) => ({ 'shape.nullIds': spelling })),
  { 'data.neverDates': false },
  { 'clock.skew': 86_400_000 },
  { 'eval.status': 4 },
  { 'eval.status': 5 },
  { 'fault.latency': 20 },
  ...['503', '429', 'reset'].map((answer) => ({ 'limit.perClientIp': 1, 'limit.answer': answer })),
  { 'topology.cas': true, 'topology.lagMs': 0 },
];

/** The names of switches in the tests that serve them to the product. */
const triedSwitches = async (): Promise<Set<string>> => {
  const tests = ['lying-site.it.ts', '../capture.it.ts', '../../../../libs/configmgr/src/admin-service.it.ts'];
  const texts = await Promise.all(tests.map((test) => readFile(new URL(test, import.meta.url), 'utf8')));
  return new Set(texts.flatMap((text) => [...text.matchAll(/'([a-z]+\.[A-Za-z]+)'/g)].map(([, name = '']) => name)));
};

const fault = (what: object) =>
  site.control('POST', '/faults', { face: 'adminservice', class: 'SMS_FullCollectionMembership', ...what });

describe('a site that disagrees with itself', () => {
  it.each(lies)('removes nobody and tells why: $name', async ({ lie, reason }) => {
    expect(before.length).toBeGreaterThan(5);
    await lie();
    await capture.command('full');
    await capture.command('incremental');
    await capture.converge();
    await capture.reread(ID);
    expect(await capture.members(ID)).toEqual(before);
    const chunks = capture.sent();
    expect(chunks.flatMap(({ removes }) => removes)).toEqual([]);
    expect(chunks.filter(({ mode }) => mode === 'full')).toEqual([]);
    const [published] = (await capture.published(TOPICS.collection))
      .filter(({ collection }) => collection === ID)
      .slice(-1);
    expect(published?.state).not.toBe('ok');
    expect(published?.lastRead?.verdict).not.toBe('complete');
    expect(published?.lastRead?.why).toMatch(reason);
    const failed = (await capture.published(TOPICS.run)).filter(({ event }) => event === 'capture-failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({
      message: expect.stringMatching(reason),
      advice: expect.stringContaining('Nobody'),
    });
  });

  it.each(['fault.truncatedBody', 'fault.noValue', 'fault.html', 'fault.timeout'])(
    'is unavailable with the reason when every answer is broken, and removes nobody (%s)',
    async (broken) => {
      const impatient = new AdminService({
        url: site.simulator.adminServiceUrl,
        signIn: noSignIn,
        attempts: 1,
        timeoutMs: 500,
      });
      const other = new CaptureHarness(capture.database, impatient);
      await site.switches({ [broken]: true });
      await site.members([], ID);
      await other.tick();
      await other.reread(ID);
      await impatient.close();
      expect(await capture.members(ID)).toEqual(before);
      const upstream = (await capture.published(TOPICS.upstream)).at(-1);
      expect(upstream).toMatchObject({ kind: 'site', state: 'unavailable' });
      expect(upstream?.reason).toMatch(/\w/);
      expect(upstream?.code).toMatch(/^SOURCE_/);
    },
  );

  it('serves the full that was asked for as soon as the site agrees with itself again', async () => {
    await site.switches({ 'rbac.hideSome': [ID] });
    const command = await capture.command('full');
    await capture.converge();
    expect(capture.sent()).toEqual([]);
    await site.control('DELETE', '/switches');
    await capture.reread(ID);
    expect(capture.sent()).toMatchObject([
      { mode: 'full', content: 'complete', targets: [{ reason: `command:${command}` }] },
    ]);
  });

  it('lets joiners in from a read that is not complete', async () => {
    const fresh = before.slice(1);
    await site.members(fresh, ID);
    await capture.converge();
    capture.sent();
    await site.switches({ 'data.staleCount': { [ID]: 5 } });
    await site.members(before.slice(0, -1), ID);
    await capture.converge();
    const chunks = capture.sent();
    expect(chunks.flatMap(({ adds }) => adds.map(({ resource }) => resource))).toEqual([before[0]]);
    expect(chunks.flatMap(({ removes }) => removes)).toEqual([]);
    expect(await capture.members(ID)).toEqual(before);
  });

  it.each(ODD)('is believed where it only serves oddly: %j', async (odd) => {
    await site.switches(odd);
    await site.members(before.slice(1), ID);
    await capture.reread(ID);
    expect(await capture.members(ID)).toEqual(before.slice(1));
    await site.members(before, ID);
    await capture.reread(ID);
    expect(await capture.members(ID)).toEqual(before);
  });

  it('is followed when it evaluates late, as soon as it has', async () => {
    await site.switches({ 'eval.delayMs': 60_000 });
    await site.members(before.slice(1), ID);
    await capture.reread(ID);
    expect(await capture.members(ID)).toEqual(before);
    await site.control('POST', '/clock/advance', { seconds: 61 });
    await capture.reread(ID);
    expect(await capture.members(ID)).toEqual(before.slice(1));
  });

  it('has each of its switches tried on capture, or on the client where it is about signing in', async () => {
    const tried = await triedSwitches();
    expect(Object.keys(adminServiceSwitches.shape).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('counts as gone what two good listings do not show, removes nobody, and takes it back', async () => {
    await site.switches({ 'rbac.hideCollection': [ID] });
    await capture.tick();
    expect(await capture.collection(ID)).toMatchObject({ state: 'ok' });
    await capture.tick();
    expect(await capture.collection(ID)).toMatchObject({ state: 'missing' });
    await capture.work();
    expect(await capture.members(ID)).toEqual(before);
    expect((await capture.published(TOPICS.collection)).at(-1)).toMatchObject({ collection: ID, state: 'missing' });
    await site.control('DELETE', '/switches');
    await capture.converge();
    expect(await capture.collection(ID)).toMatchObject({ state: 'ok' });
    expect(capture.sent().flatMap(({ removes }) => removes)).toEqual([]);
  });

  it('counts nothing as gone after a listing that failed or shows nothing at all', async () => {
    await site.control('POST', '/faults', { face: 'adminservice', class: 'SMS_Collection', empty: true });
    for (let tick = 0; tick < 3; tick += 1) await capture.tick();
    expect(await capture.collection(ID)).toMatchObject({ state: 'ok', missing_listings: 0 });
    expect((await capture.published(TOPICS.upstream)).at(-1)).toMatchObject({
      kind: 'site',
      state: 'unavailable',
      code: 'SOURCE_ACCESS_DENIED',
    });
  });

  it('does not take the resources of a site for ones without identity when it hides them', async () => {
    const [device] = (await site
      .control('POST', '/devices', { name: 'Late1', joined: 'both' })
      .then((made) => [made])) as [{ name: string }];
    expect(device).toBeDefined();
    await site.control('POST', '/faults', { face: 'adminservice', class: 'SMS_R_System', empty: true });
    await site.control('POST', `/collections/${ID}/members`, { add: ['Late1'] });
    await capture.converge();
    expect(await capture.members(ID)).toEqual(before);
    expect(await capture.collection(ID)).toMatchObject({ state: 'incomplete' });
    await site.control('DELETE', '/faults');
    await capture.reread(ID);
    expect(await capture.members(ID)).toHaveLength(before.length + 1);
  });

  it('that agrees with itself is believed: the removal guard stops it', async () => {
    await site.members([], ID);
    await capture.converge();
    const removals = capture.sent().flatMap(({ removes }) => removes).length;
    expect(removals).toBe(before.length);
    const verdict = judgeRemovals(DEFAULT_POLICY.guard, {
      removals,
      pending: 0,
      left: 0,
      size: before.length,
      perhaps: 0,
      staying: 0,
    });
    expect(verdict).toMatchObject({ held: true, limit: 'emptying' });
  });
});

describe('the relations of the product itself', () => {
  it('are told with their collection', async () => {
    const group = '6a000000-0000-4000-8000-000000000001';
    await site.control('POST', '/cloud-mappings', {
      collectionId: ID,
      groupId: group,
      groupName: 'Group1',
      cloudServiceId: 1,
    });
    await capture.database.query('update site set relations_at = null');
    await runMaintenance(capture.context, AbortSignal.timeout(30_000));
    const published = (await capture.published(TOPICS.collection)).filter(({ collection }) => collection === ID);
    expect(published.at(-1)?.productRelations).toEqual([{ group, groupName: 'Group1' }]);
  });
});
