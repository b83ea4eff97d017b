import { randomUUID } from 'node:crypto';
import type { Mapping } from '@collection-sync/core';
import { GraphTenants, MeteredGraph, NEEDS } from '@collection-sync/graph';
import { silentLogger } from '@collection-sync/platform';
import { TENANT_ID, tokenFor } from '@collection-sync/simulator';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupOf, Harness, objectOf, startWorld, type WorldOptions } from '../../test/writer-harness.js';
import { storeListingRequests } from '../store/commands.js';
import { claimFeed, storeLink } from '../store/feeds.js';
import { checkNextCopy } from './check-copy.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;

const DELTA = {
  omit: 0,
  replay: 0,
  withoutId: 0,
  emptyPages: 0,
  expireDays: 7,
  expired: 'syncStateNotFound',
  resetBefore: 0,
  lagMs: 0,
} as const;
const MEMBERS = { pageSize: 1_000, deleted: 'documented', former: false } as const;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

const begin = async (options: Partial<WorldOptions> = {}): Promise<void> => {
  world = await startWorld({ devices: 60, groups: [{}, {}, {}], ...options });
  h = await Harness.start(world.sim);
};

beforeEach(() => begin());

afterEach(async () => {
  await h.close();
  await world.sim.close();
});

/** Maps a group, makes it equal to its collection, and has it followed. */
const synchronised = async (members: number[], group = 1): Promise<Mapping> => {
  const mapping = await h.map({ group_: group });
  await h.first(mapping, members);
  await h.converge();
  await h.follow();
  return mapping;
};

/** A full run as a command asks for it; the reads of Graph that it made, and what it compared. */
const fullRun = async (mapping: Mapping, members: number[], { listing = false } = {}) => {
  const command = randomUUID();
  const [group = ''] = [mapping.group];
  if (listing) {
    const order = { id: command, kind: 'full', target: mapping.target, listing: true } as never;
    await h.database.transaction((tx) => storeListingRequests(tx, [order]));
  }
  const before = (await h.control.journal()).at(-1)?.n ?? 0;
  await h.first(mapping, members, { reason: `command:${command}` });
  await h.converge();
  const number = Number(group.slice(-12));
  const calls = (await h.control.journal(before)).filter(({ face, method }) => face === 'graph' && method === 'GET');
  return { reads: calls.map(({ url }) => kindOf(url)), ...(await h.last('planned', number)) };
};

const kindOf = (url: string): string => {
  if (url.includes('/groups/delta')) return 'delta';
  if (url.includes('$count') && !url.includes('servicePrincipal')) return 'count';
  return url.includes('servicePrincipal') ? 'service principals' : 'members';
};

const BY_COPY = ['delta', 'service principals', 'count'];
const WITH_LISTING = ['members', 'service principals', 'count'];

/** Numbers of the members in the copy. */
const copy = async (group = 1): Promise<number[]> =>
  (
    await h.database.query<{ object: string }>(
      `select m.object from copied_member m join target t on t.id = m.target where t.target = $1 order by 1`,
      [h.target(group)],
    )
  ).map(({ object }) => Number(object.slice(-12)));

const states = async (): Promise<string[]> =>
  (await h.database.query<{ state: string }>('select state from group_copy order by target')).map(({ state }) => state);

const edit = (change: { add?: number[]; remove?: number[] }, group = 1): Promise<unknown> =>
  world.control.editGroup(groupOf(group), {
    add: (change.add ?? []).map(objectOf),
    remove: (change.remove ?? []).map(objectOf),
  });

const drifts = async (group = 1) =>
  (await h.events(group)).flatMap((event) => (event.event === 'ledger-version' && event.drift ? [event.drift] : []));

describe('a full run of a group that is followed', () => {
  it('reads its changes, the service principals and the count, and no listing', async () => {
    const mapping = await synchronised(many(1, 40));
    const { reads, comparison } = await fullRun(mapping, many(1, 40));
    expect(reads).toEqual(BY_COPY);
    expect(comparison).toMatchObject({ by: 'copy', listed: 40, unmanaged: [], unseen: 0 });
    expect(await h.last('completed')).toMatchObject({ counts: { planned: 0, unaccounted: 0 } });
  });

  it('lists it when an operator says so', async () => {
    const mapping = await synchronised([1, 2]);
    const { reads, comparison } = await fullRun(mapping, [1, 2], { listing: true });
    expect(reads).toEqual(WITH_LISTING);
    expect(comparison).toMatchObject({ by: 'listing' });
    expect((await fullRun(mapping, [1, 2])).reads).toEqual(BY_COPY);
  });

  it('lists it where the copy is other than the ledger, and makes it equal', async () => {
    const mapping = await synchronised([1, 2, 3]);
    await edit({ add: [50], remove: [2] });
    const { reads, comparison } = await fullRun(mapping, [1, 2, 3]);
    expect(reads).toEqual([...BY_COPY, ...WITH_LISTING]);
    expect(comparison).toMatchObject({ by: 'listing', unmanaged: [{ members: 1 }] });
    expect(await h.members()).toEqual([1, 2, 3]);
  });

  it('lists it where the delta is late and Graph counts others', async () => {
    const mapping = await synchronised([1, 2, 3]);
    await world.control.switches({ graph: { delta: { ...DELTA, lagMs: 60_000 } } });
    await edit({ remove: [2] });
    const { reads } = await fullRun(mapping, [1, 2, 3]);
    expect(reads).toEqual([...BY_COPY, ...WITH_LISTING]);
    expect(await h.members()).toEqual([1, 2, 3]);
  });

  it('lists it where the delta never tells of a member that was deleted', async () => {
    const mapping = await synchronised([1, 2, 3]);
    await world.control.switches({ graph: { deltaMembers: { ...MEMBERS, deleted: 'silent' } } });
    await world.control.deviceAction('D2', 'delete');
    await h.follow();
    expect(await copy()).toEqual([1, 2, 3]);
    const { reads } = await fullRun(mapping, [1, 3]);
    expect(reads.slice(0, 6)).toEqual([...BY_COPY, ...WITH_LISTING]);
    expect(await h.members()).toEqual([1, 3]);
  });

  it('knows service principals, and members that are kept, from the ledger', async () => {
    await h.close();
    await world.sim.close();
    await begin({ groups: [{ members: [1, 2, 900] }], servicePrincipals: [900] });
    const mapping = await h.map({ guard: { maxRemovals: 0 } });
    await h.first(mapping, [1]);
    await h.converge();
    await h.follow();
    const { reads, comparison } = await fullRun(mapping, [1]);
    expect(reads).toEqual(BY_COPY);
    expect(comparison?.unmanaged.reduce((sum, { members }) => sum + members, 0)).toBe(2);
    expect(await h.members()).toEqual([1, 2, 900]);
  });

  it('plans removals anew whose plan was rejected, though nothing is listed', async () => {
    await edit({ add: [1, 2, 3] });
    const mapping = await h.map({ guard: { maxRemovals: 0 } });
    await h.first(mapping, [1]);
    await h.converge();
    await h.command('reject', { plan: (await h.last('held'))!.plan });
    await h.follow();
    const { reads } = await fullRun(mapping, [1]);
    expect(reads).toEqual(BY_COPY);
    expect((await h.events()).filter(({ event }) => event === 'held')).toHaveLength(2);
    expect(await h.members()).toEqual([1, 2, 3]);
  });
});

describe('the copy of a group', () => {
  it('equals the group whatever happens to both, in whatever pages it is told', async () => {
    await world.control.switches({
      graph: { deltaMembers: { ...MEMBERS, pageSize: 3, former: true }, delta: { ...DELTA, replay: 2, emptyPages: 2 } },
    });
    await synchronised([1, 2]);
    const numbers = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 });
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ add: numbers, remove: numbers }) },
      { weight: 2, arbitrary: fc.constant('follow' as const) },
      { weight: 1, arbitrary: fc.constant('expired' as const) },
    );
    const go = async (one: typeof step extends fc.Arbitrary<infer S> ? S : never): Promise<void> => {
      if (one === 'follow') await h.follow();
      else if (one === 'expired') await world.control.advance(8 * 86_400);
      else await edit(one);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        for (const one of steps) await go(one);
        await h.follow();
        expect(await copy()).toEqual(await h.members());
        expect(await states()).toEqual(['ready']);
      }),
      { numRuns: 25 },
    );
  });

  it('serves nobody while it is read anew, and goes on where a worker stopped in the middle', async () => {
    await world.control.switches({ graph: { deltaMembers: { ...MEMBERS, pageSize: 2 } } });
    const mapping = await h.map();
    await h.first(mapping, many(1, 5));
    await h.converge();
    await world.control.fault({ face: 'graph', method: 'GET', url: '/groups/delta', status: 500, skip: 1, times: 5 });
    await h.follow();
    expect(await states()).toEqual(['reading']);
    expect((await fullRun(mapping, many(1, 5))).reads).toEqual(WITH_LISTING);
    await h.follow();
    expect([await states(), await copy()]).toEqual([['ready'], many(1, 5)]);
    expect((await fullRun(mapping, many(1, 5))).reads).toEqual(BY_COPY);
  });

  it('is lost with its group, or with a row that cannot be read; a full run then lists', async () => {
    const mapping = await synchronised([1, 2]);
    await synchronised([1], 2);
    await world.control.send('DELETE', `/groups/${groupOf(2)}`);
    await h.follow();
    expect(await states()).toEqual(['ready', 'lost']);
    expect([await copy(1), await copy(2)]).toEqual([[1, 2], []]);
    expect((await fullRun(mapping, [1, 2])).reads).toEqual(BY_COPY);
    await world.control.switches({ graph: { delta: { ...DELTA, withoutId: 1 } } });
    await edit({ add: [3] });
    await h.follow();
    expect(await states()).toEqual(['lost', 'lost']);
    expect((await fullRun(mapping, [1, 2])).reads).toEqual(WITH_LISTING);
  });

  it('goes with its mapping', async () => {
    const mapping = await synchronised([1, 2]);
    await h.map({ ...mapping, state: 'deleting', onDelete: 'leave', version: h.tick() });
    await h.follow();
    expect([await states(), await copy(), await h.database.query('select from group_feed')]).toEqual([[], [], []]);
  });

  it('is read together with others, however they were mapped one by one', async () => {
    for (const group of [1, 2, 3]) await synchronised([group, 10], group);
    const feeds = () =>
      h.database.query<{ n: number }>('select count(*) as n from group_copy group by feed order by 1');
    expect((await feeds()).map(({ n }) => n)).toEqual([1, 2]);
    const before = (await h.control.journal()).at(-1)?.n ?? 0;
    await h.follow();
    expect((await h.control.journal(before)).map(({ url }) => kindOf(url))).toEqual(['delta', 'delta']);
    for (const group of [1, 2, 3]) expect(await copy(group)).toEqual([group, 10]);
  });
});

describe('workers that read the same feed', () => {
  const feedNo = async (): Promise<number> =>
    (await h.database.query<{ id: number }>('select id from group_feed'))[0]!.id;

  it('wait for each other: two runs at once both do without a listing', async () => {
    const mappings = [await synchronised([1, 2], 1), await synchronised([1, 3], 2)] as const;
    await h.first(mappings[0], [1, 2], { reason: 'command:a' });
    await h.first(mappings[1], [1, 3], { reason: 'command:b' });
    await h.merge();
    await world.control.fault({ face: 'graph', url: '/groups/delta', delayMs: 300, times: 1 });
    await Promise.all([h.runOne(), h.replica().runOne()]);
    for (const group of [1, 2]) expect((await h.last('planned', group))?.comparison).toMatchObject({ by: 'copy' });
    expect(await h.database.query('select from group_feed where claim is not null')).toEqual([]);
  });

  it('refuse the page of one that was overtaken while it was frozen', async () => {
    await synchronised([1, 2]);
    const frozen = await claimFeed(h.database, await feedNo(), 0);
    const other = await claimFeed(h.database, await feedNo(), 60_000);
    const store = (feed: typeof frozen) => h.database.transaction((tx) => storeLink(tx, feed!, 'late', 60_000));
    await expect(store(frozen)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(store(other)).resolves.toBeUndefined();
  });
});

describe('what others change', () => {
  it('is told by the next round, and is over when a full run has made the group equal', async () => {
    const mapping = await synchronised([1, 2, 3]);
    expect(await drifts()).toMatchObject([{ unmanaged: 0, missing: 0 }]);
    // what our own calls wrote a while ago
    await h.database.query(`update entry set written_at = written_at - interval '1 hour'`);
    await edit({ add: [50, 51], remove: [2] });
    await h.follow();
    await h.follow();
    expect((await drifts()).slice(1)).toMatchObject([{ unmanaged: 2, missing: 1 }]);
    await fullRun(mapping, [1, 2, 3]);
    await h.follow();
    expect((await drifts()).slice(2)).toMatchObject([{ unmanaged: 0, missing: 0 }]);
  });

  it('is not what our own calls wrote, however late the delta tells it', async () => {
    const mapping = await synchronised([1, 2]);
    await world.control.switches({ graph: { delta: { ...DELTA, lagMs: 60_000 } } });
    await h.content(mapping, { mode: 'incremental', adds: [1, 3] });
    await h.converge();
    await h.follow();
    expect(await copy()).toEqual([1, 2]);
    await h.database.query('update group_copy set touched = true');
    await h.follow();
    expect(await drifts()).toMatchObject([{ unmanaged: 0, missing: 0 }]);
  });

  it('is told of what our own calls had just written too, once it cannot be late any more', async () => {
    await synchronised([1, 2]);
    await edit({ remove: [2] });
    await h.follow();
    expect(await drifts()).toMatchObject([{ unmanaged: 0, missing: 0 }]);
    await h.database.query(`update entry set written_at = written_at - interval '1 hour'`);
    await h.follow();
    expect((await drifts()).at(-1)).toMatchObject({ unmanaged: 0, missing: 1 });
  });
});

describe('without the permission to follow groups', () => {
  it('full runs list them; it is told once, and asked again after an hour only', async () => {
    await h.close();
    await world.sim.close();
    await begin({ simulator: { staticToken: false } });
    const roles = NEEDS.filter(({ service, without }) => service === 'writer' && !without).map(({ any }) => any[0]);
    const token = await tokenFor(world.sim, roles);
    const { tenantId: tenant, graphUrl: baseUrl } = world.sim;
    const tenants = new GraphTenants([{ tenant, baseUrl, credential: { kind: 'static-token', token } }]);
    const warnings: string[] = [];
    const log = {
      ...silentLogger(),
      child: () => silentLogger(),
      warn: (_: object, words: string) => warnings.push(words),
    };
    Object.assign(h.writer, { graph: new MeteredGraph(tenants, h.writer.budget), log });
    const mapping = await synchronised([1, 2]);
    expect(await h.database.query("select code, next_at > now() + interval '50 min' as later from group_feed")).toEqual(
      [{ code: 'GRAPH_PERMISSION_MISSING', later: true }],
    );
    expect((await fullRun(mapping, [1, 2])).reads).toEqual(WITH_LISTING);
    expect(await h.members()).toEqual([1, 2]);
    // however many feeds there are
    await synchronised([1], 2);
    expect(warnings).toEqual(['the members of these groups cannot be followed; full runs list them']);
  });
});

describe('a copy that is other than the group', () => {
  const check = async (): Promise<void> => {
    await h.database.query(`update group_copy set check_at = check_at - interval '25 h'`);
    while (await checkNextCopy(h.writer, TENANT_ID, new AbortController().signal));
  };

  beforeEach(async () => {
    await synchronised([1, 2, 3]);
    await h.database.query(`update entry set written_at = written_at - interval '1 hour'`);
  });

  it('is found by two checks in a row, told, and made anew', async () => {
    await h.database.query(`delete from copied_member where object = $1`, [objectOf(2)]);
    await check();
    expect(await states()).toEqual(['ready']);
    await check();
    expect([await states(), await copy()]).toEqual([['lost'], []]);
    expect(h.writer.health.report().parts['copies of groups']).toMatchObject({ state: 'waiting' });
    await h.database.query(`update group_copy set lost_at = lost_at - interval '2 h'`);
    await h.follow();
    expect([await states(), await copy()]).toEqual([['ready'], [1, 2, 3]]);
    await check();
    expect(h.writer.health.report().parts['copies of groups']).toMatchObject({ state: 'ok' });
  });

  it('is believed where one check alone found a difference, which was late', async () => {
    await world.control.switches({ graph: { delta: { ...DELTA, lagMs: 60_000 } } });
    await edit({ add: [50] });
    await check();
    await world.control.switches({ graph: { delta: DELTA } });
    await check();
    expect([await states(), await copy()]).toEqual([['ready'], [1, 2, 3, 50]]);
  });

  it('leaves no page of its listings behind, and no claim', async () => {
    await check();
    expect(await h.database.query('select from page')).toEqual([]);
    expect(await h.database.query('select from group_copy where checking is not null')).toEqual([]);
    expect(await h.database.query('select from group_feed where claim is not null')).toEqual([]);
  });
});
