import {
  applicationAccount,
  BULK_LEAVES,
  DEFAULT_BUDGET,
  DEFAULT_TENANT_BUDGET,
  isTenantAccount,
  tenantAccount,
  TOPICS,
  upstreamEvent,
} from '@collection-sync/core';
import { InProcessBudget } from '@collection-sync/redis';
import { TENANT_ID, type SimulatorOptions } from '@collection-sync/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { Harness, startWorld } from '../../test/writer-harness.js';
import { reportBudgets } from '../report/report-budgets.js';

// Graph's write quota is for an application in a tenant; another application has another one.

const APPLICATIONS = ['first', 'second', 'third'];
const ACCOUNTS = [undefined, 'application-2', 'application-3'].map((name) => applicationAccount(TENANT_ID, name));
const SCALE = 20;
/** a full run leaves 100 of it to others */
const QUOTA = 140;

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

let close = async (): Promise<void> => undefined;
afterEach(() => close());

/** A writer that spends the documented limits, `QUOTA` writes for each application, from full buckets; `once`: which do not fill again. */
const start = async (simulator: SimulatorOptions = {}, once = false) => {
  const { sim } = await startWorld({
    devices: 2_000,
    simulator: {
      timeScale: SCALE,
      graph: { writeQuota: QUOTA, outerQuotas: true, retryAfter: 'decimal' },
      ...simulator,
    },
  });
  const h = await Harness.start(sim);
  close = async () => {
    await h.close();
    await sim.close();
  };
  let now = 0;
  const budget = new InProcessBudget(
    (account) => {
      const limits = isTenantAccount(account) ? DEFAULT_TENANT_BUDGET : { ...DEFAULT_BUDGET, writes: QUOTA };
      return { ...limits, writeWindowMs: limits.writeWindowMs / SCALE };
    },
    () => now + (once ? 0 : performance.now()),
  );
  for (const account of [...ACCOUNTS, tenantAccount(TENANT_ID)]) await budget.state(account);
  now += DEFAULT_TENANT_BUDGET.writeWindowMs;
  h.spendFrom(budget, APPLICATIONS);
  const writesBy = async () => {
    const parts = (await h.control.journal()).filter(({ face, method }) => face === 'graph' && method === 'PATCH');
    return { refused: parts.filter(({ status }) => status === 429).length, by: Map.groupBy(parts, ({ by }) => by) };
  };
  return { h, budget, writesBy };
};

const publishedBudgets = async (h: Harness) => {
  await reportBudgets(h.writer);
  const rows = await h.database.query<{ value: string }>('select value from outbox where topic = $1 order by id', [
    TOPICS.upstream,
  ]);
  return rows.map(({ value }) => upstreamEvent.parse(JSON.parse(value)));
};

describe('a run in a tenant with three applications', () => {
  it('spends the quota of each, and no more', async () => {
    const { h, writesBy } = await start({}, true);
    await h.first(await h.map(), many(1, 2_000));
    await h.converge();
    expect(await h.members()).toEqual(many(1, 2_000));
    const { refused, by } = await writesBy();
    expect(refused).toBe(0);
    expect([...by.keys()].sort()).toEqual(APPLICATIONS.toSorted());
    // 100 PATCHes, five in a batch: two of them have not enough
    const shares = APPLICATIONS.map((application) => by.get(application)?.length ?? 0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
    for (const share of shares) expect(share).toBeLessThanOrEqual(QUOTA - BULK_LEAVES);
  });

  it('goes on with the others where Graph refuses the sign-in of one, and that is reported', async () => {
    const { h, writesBy } = await start({ staticToken: 'second' });
    await h.first(await h.map(), many(1, 200));
    await h.converge();
    expect(await h.members()).toEqual(many(1, 200));
    const { by } = await writesBy();
    expect([...by.keys()]).toEqual(['static-token']);
    expect(await h.last('completed')).toMatchObject({
      counts: { outcomes: { applied: 200, failed: 0 }, unaccounted: 0 },
    });
    expect((await h.events()).filter(({ event }) => event === 'failed')).toEqual([]);
    expect((await publishedBudgets(h)).find(({ name }) => name === ACCOUNTS[0])).toMatchObject({
      state: 'unavailable',
      code: 'GRAPH_SIGN_IN_REFUSED',
      reason: expect.stringMatching(/^Application first: /),
    });
    expect((await publishedBudgets(h)).find(({ name }) => name === ACCOUNTS[1])).toMatchObject({ state: 'ready' });
  });

  it('ends where the sign-in of all is refused', async () => {
    const { h } = await start({ staticToken: 'nobody' });
    await h.first(await h.map(), many(1, 20));
    await h.merge();
    await h.runOne();
    expect(await h.members()).toEqual([]);
    expect(await h.last('failed')).toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
  });

  it.each([
    ['Tenant_Application/Write/app/tenant', [1, 0]],
    ['Tenant/Write/app/tenant', [0, 1]],
  ])('a 429 of %s slows down whom it concerns', async (scope, throttled) => {
    const { h, budget } = await start();
    await h.control.fault({
      face: 'graph',
      level: 'part',
      method: 'PATCH',
      status: 429,
      times: 1,
      headers: {
        'x-ms-throttle-scope': scope,
        'x-ms-throttle-information': 'WriteLimitExceeded',
        'retry-after': '0.1',
      },
    });
    await h.first(await h.map(), many(1, 60));
    await h.converge();
    expect(await h.members()).toEqual(many(1, 60));
    const states = await Promise.all(ACCOUNTS.map((account) => budget.state(account)));
    const applications = states.reduce((sum, state) => sum + state.throttled, 0);
    expect([applications, (await budget.state(tenantAccount(TENANT_ID))).throttled]).toEqual(throttled);
  });
});

it('the budgets of all applications and of the tenant are published', async () => {
  const { h } = await start();
  const budgets = await publishedBudgets(h);
  expect(budgets.map(({ name, state, figures }) => [name, state, figures['writeLimit']])).toEqual([
    ...ACCOUNTS.map((account) => [account, 'ready', 3_000]),
    [tenantAccount(TENANT_ID), 'ready', 18_000],
  ]);
});
