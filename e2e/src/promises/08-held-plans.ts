import { randomUUID } from 'node:crypto';
import { eventually } from '@collection-sync/testing';
import { ApiFailure } from '../api-client.js';
import { Fixture, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

/** Held removals survive restarts and wait for their own approval; what is wanted again stays; a drip is caught. */
export const heldPlansWait = (options: PromiseOptions): Promise<Proof> =>
  prove('8 held removals wait for their own approval', options, async (trial) => {
    await approved(trial);
    await drip(trial);
  });

const approved = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const fixture = await Fixture.create(cluster, random, { name: 'p8', collections: 1, devices: 24, policy: {} });
  const [collection] = fixture.collections as [Collection];
  trial.found(await fixture.converge());
  const before = [...collection.members];
  await trial.fault(() => fixture.change(collection, [], before));
  const plan = await fixture.openPlan(collection);
  trial.expect(plan.removals === before.length, `the plan names ${plan.removals} of ${before.length} removals`);

  await trial.fault(() => Promise.all(cluster.replicas.map((replica) => replica.kill())));
  await cluster.allRunning();
  const later = await fixture.openPlan(collection);
  trial.expect(later.id === plan.id, 'the plan was not the same after all processes were killed');
  trial.expect((await fixture.inGroup(collection)).length === before.length, 'somebody left while the plan was open');

  await trial.fault(async () => {
    const refused = await cluster.ask('POST', `/plans/${randomUUID()}/approve`).catch((error: unknown) => error);
    trial.expect(refused instanceof ApiFailure && refused.status === 404, `an unknown plan: ${String(refused)}`);
  });
  const again = random.some(before, 3);
  await trial.fault(() => fixture.change(collection, again, []));
  const held = async (): Promise<number> =>
    (await cluster.ask<{ row: { syncHeld: number } }>('GET', fixture.path(collection))).row.syncHeld;
  await eventually(async () => (await held()) === before.length - again.length, {
    deadline: 60_000,
    interval: 200,
  }).catch((error: unknown) => trial.wrong.push(`what is wanted again did not leave its plan: ${String(error)}`));
  await cluster.ask('POST', `/plans/${plan.id}/approve`);
  trial.found(await fixture.converge());
};

/** One leaves after the other: at the limit the next is held. */
const drip = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const limit = 3;
  const policy = { guard: { maxRemovals: limit } };
  const fixture = await Fixture.create(cluster, random, { name: 'p8-drip', collections: 1, devices: 24, policy });
  const [collection] = fixture.collections as [Collection];
  trial.found(await fixture.converge());
  const size = collection.members.size;
  for (let at = 1; at <= limit; at += 1) {
    await fixture.change(collection, [], random.some([...collection.members], 1));
    trial.found(await fixture.converge());
  }
  await trial.fault(() => fixture.change(collection, [], random.some([...collection.members], 1)));
  await fixture
    .openPlan(collection)
    .catch((error: unknown) => trial.wrong.push(`the drip was not held: ${String(error)}`));
  const left = size - (await fixture.inGroup(collection)).length;
  trial.expect(left === limit, `${left} left, the limit is ${limit}`);
};
