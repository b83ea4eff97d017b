import type { GraphSwitches } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, startWorld } from '../../test/writer-harness.js';

/** How Graph may differ from what is documented, or is known to be: whatever it does, the group becomes what is wanted. */
const ROWS: [string, Partial<GraphSwitches>][] = [
  ['quotas of a small tenant', { tenantSize: 'S', quotaModel: 'window', outerQuotas: true, chargeRejected: false }],
  ['requests without a cost', { ruCosts: false, deltaRu: 5 }],
  ['429 without any header', { loadThrottleRate: 0.2, throttleHeaders: false, retryAfter: 'decimal' }],
  ['429 in a batch that is 424', { loadThrottleRate: 0.2, throttledBatch: 424, retryAfter: 'decimal' }],
  ['429 in a batch that is 429', { loadThrottleRate: 0.2, throttledBatch: 429, retryAfter: 'decimal' }],
  ['429 for what was done', { loadThrottleRate: 0.2, throttledApplied: 1, retryAfter: 'decimal' }],
  ['requests of low priority not shed', { priorityShedding: false }],
  ['names of headers in lower case', { headerCase: 'lower' }],
  ['names of headers in upper case', { headerCase: 'canonical' }],
  ['no body told as null', { emptyBody: 'null' }],
  ['two PATCHes at once, else 503', { groupPatchLimit: 2 }],
  ['two PATCHes at once, else 409', { groupPatchLimit: 2, groupPatchAnswer: '409' }],
  ['two PATCHes at once, else either', { groupPatchLimit: 2, groupPatchAnswer: 'mixed' }],
  ['409 with a time to wait', { conflictRate: 0.3, conflictRetryAfter: true }],
  ['a PATCH that is done in part', { patchAtomic: false }],
  ['a trap for DELETE without /$ref', { refGuard: 'trap' }],
  ['owners may write', { ownerWrites: true }],
  ['no permissions', { permissions: false, maskTypes: false }],
  ['an index that lags', { indexLagMs: 60_000 }],
  ['service principals in the listing', { hideServicePrincipals: false }],
  ['links that die when they are asked for twice', { pageTokenFault: true }],
  ['empty pages in the middle', { emptyPages: 2 }],
  ['a listing that repeats a member', { memberListing: { omit: 0, repeat: true } }],
  ['a listing that lacks members', { memberListing: { omit: 7, repeat: false } }],
  ['absent properties', { nullProperties: 'absent' }],
  ['an error for ids that are unknown', { getByIdsMissing: 'error' }],
  ['a national cloud', { cloud: 'dod' }],
  ['changed words', { errorText: 'drift' }],
  ['words in an object', { errorText: 'object' }],
];

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
const DEAD = 9_001;
/** more than one page of members */
const BEFORE = many(1, 1_050);
const WANTED = many(60, 1_030);

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
let normal: GraphSwitches;

beforeAll(async () => {
  world = await startWorld({
    devices: 1_100,
    groups: ROWS.map(() => ({ members: BEFORE })),
    simulator: { timeScale: 20 },
  });
  h = await Harness.start(world.sim);
  normal = (await h.control.send<{ graph: GraphSwitches }>('GET', '/switches')).graph;
});

afterAll(async () => {
  await h.close();
  await world.sim.close();
});

describe('a full run and a delta, with a member who does not exist', () => {
  it.each(ROWS)('%s', async (name, switches) => {
    const group = ROWS.findIndex(([row]) => row === name) + 1;
    const mapping = await h.map({ group_: group, guard: { maxRemovals: 5_000, maxShare: 1 } });
    await h.control.switches({ graph: { ...normal, ...switches } });
    const first = await h.first(mapping, [...WANTED, DEAD]);
    await h.converge();
    await h.delta(mapping, first.to, [1, 2], [60, 61, 62]);
    await h.converge();
    await h.control.switches({ graph: normal });

    // whom a listing lacks nobody knows of, and nobody removes
    const unseen = switches.memberListing?.omit ? BEFORE.filter((n) => n % switches.memberListing!.omit === 0) : [];
    const wanted = [1, 2, ...WANTED.slice(3)];
    const members = await h.members(group);
    expect(members.filter((n) => !unseen.includes(n))).toEqual(wanted.filter((n) => !unseen.includes(n)));
    expect(wanted.filter((n) => !members.includes(n))).toEqual([]);
    expect((await h.shown(group)).get(String(DEAD))).toMatch(/^failed ObjectNotFound$/);
    const ended = (await h.events(group)).filter(({ event }) => event === 'completed' || event === 'failed');
    expect(ended.map(({ event }) => event)).toEqual(['completed', 'completed']);
    expect(ended.flatMap((one) => ('counts' in one ? [one.counts.unaccounted] : []))).toEqual([0, 0]);
  });

  it('never lost its /$ref', async () => expect(await h.control.alarms()).toEqual([]));
});
