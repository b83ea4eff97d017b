import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@collection-sync/testing';
import { Fixture, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { anotherTenant } from './another-tenant.js';

type Storm = (trial: Trial) => Promise<unknown>;

const storms: Readonly<Record<string, Storm>> = {
  'requests are throttled below the quota': ({ cluster }) =>
    cluster.outside.switches({ graph: { loadThrottleRate: 0.3 } }),
  'parts fail with 503': ({ cluster }) =>
    cluster.outside.fault({ face: 'graph', url: 'members', level: 'part', probability: 0.3, status: 503 }),
  'parts fail with 503 although their work was done': ({ cluster }) =>
    cluster.outside.fault({
      face: 'graph',
      url: 'members',
      level: 'part',
      probability: 0.3,
      status: 503,
      applied: 'all',
    }),
  'parts conflict': ({ cluster }) => cluster.outside.switches({ graph: { conflictRate: 0.3 } }),
  'answers are lost after the work was done': ({ cluster }) =>
    cluster.outside.switches({ graph: { outerFault: { status: 0, rate: 0.3, applied: 'all' } } }),
  'calls fail in the middle of their work': ({ cluster }) =>
    cluster.outside.switches({ graph: { outerFault: { status: 504, rate: 0.3, applied: 'some' } } }),
  'a few tokens are refused': ({ cluster }) =>
    cluster.outside.fault({
      face: 'graph',
      url: 'batch',
      level: 'outer',
      status: 401,
      code: 'InvalidAuthenticationToken',
      times: 2,
    }),
  // the client renews a token five minutes before it ends
  'tokens are refused, and new ones last a second': async ({ cluster }) => {
    await cluster.outside.send('POST', '/oauth/lifetime', { lifetimeSeconds: 301 });
    await cluster.outside.send('POST', '/oauth/rotate-keys', { forgetOld: true });
  },
  'listings lag': ({ cluster }) => cluster.outside.switches({ graph: { readLagMs: 3_000 } }),
};

/** Whatever Graph answers, the group is in the end what the collection contains, and no outcome is made up. */
export const graphMayFail = (options: PromiseOptions): Promise<Proof> =>
  prove('6 Graph fails, throttles and forgets to answer', options, async (trial) => {
    const { cluster, random } = trial;
    const { outside } = cluster;
    const fixture = await Fixture.create(cluster, random, { name: 'p6', collections: 2, devices: 40 });
    const all = Object.values(storms);
    for (let round = 0; round < trial.repetitions; round += 1) {
      const storm = all[round % all.length] as Storm;
      await trial.fault(() => storm(trial));
      for (let change = 0; change < 4; change += 1) {
        await fixture.churn();
        await sleep(300);
      }
      if (round % 2 === 0) await fixture.sync(random.one(fixture.collections), 'full');
      await outside.send('DELETE', '/switches');
      await outside.clearFaults();
      await outside.send('POST', '/oauth/lifetime', { lifetimeSeconds: 3_599 });
    }
    trial.found(await fixture.converge());
    await anotherTenant(trial, fixture);
    await groupDeleted(trial, fixture);
  });

interface Shown {
  readonly row: { readonly cloudSyncStatus: string };
  readonly problems?: readonly { readonly code?: string }[];
}

/** A group is deleted while calls to it are under way: operators are told, and the other groups go on. */
const groupDeleted = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster, random } = trial;
  const [gone, other] = fixture.collections as [Collection, Collection];
  await cluster.outside.fault({ face: 'graph', method: 'POST', url: 'batch', level: 'outer', delayMs: 300, times: 4 });
  // something is to be done whatever the churn has left
  await fixture.change(gone, fixture.outsiders(gone), random.some([...gone.members], 10));
  await trial.fault(() => cluster.outside.send('DELETE', `/groups/${gone.group}`));
  await fixture.change(other, random.some(fixture.outsiders(other), 3), []);
  trial.found(await fixture.converge(undefined, [other]));
  await eventually(async () => (await cluster.ask<Shown>('GET', fixture.path(gone))).row.cloudSyncStatus === 'Failed', {
    deadline: 60_000,
    interval: 250,
  }).catch((error: unknown) => trial.wrong.push(`nobody was told that the group is gone: ${String(error)}`));
  await cluster.ask('DELETE', `${fixture.mapping(gone)}?members=leave`);
};
