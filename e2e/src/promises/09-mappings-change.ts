import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@collection-sync/testing';
import { ApiFailure } from '../api-client.js';
import { Fixture, WITHOUT_LIMITS, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

const HOUR_MS = 3_600_000;

/** Mappings are paused, switched off, deleted, created again and given away in the middle of runs, while a clock is an hour ahead. */
export const mappingsMayChange = (options: PromiseOptions): Promise<Proof> =>
  prove('9 mappings change in the middle of runs', options, async (trial) => {
    const { cluster, random } = trial;
    const ahead = [cluster.add('writer', { clockMs: HOUR_MS }), cluster.add('capture', { clockMs: HOUR_MS })];
    await trial.fault(() => Promise.all(ahead.map((replica) => replica.started())));
    const fixture = await Fixture.create(cluster, random, { name: 'p9', collections: 3, devices: 30 });
    await cluster.outside.fault({ face: 'graph', method: 'POST', url: 'batch', level: 'outer', delayMs: 150 });
    const happenings = [paused, switchedOff, deleted, givenAway];
    for (let round = 0; round < trial.repetitions; round += 1) {
      await fixture.churn();
      const happen = happenings[round % happenings.length] as (typeof happenings)[0];
      await trial.fault(() => happen(trial, fixture));
      await fixture.churn();
    }
    await cluster.outside.clearFaults();
    trial.found(await fixture.converge());
    await cluster.remove(ahead);
    await removed(trial, fixture);
  });

const paused = async ({ cluster, random }: Trial, fixture: Fixture): Promise<void> => {
  const collection = random.one(fixture.collections);
  await cluster.ask('POST', `${fixture.mapping(collection)}/pause`);
  await fixture.churn();
  await cluster.ask('POST', `${fixture.mapping(collection)}/resume`);
};

const switchedOff = async ({ cluster, random }: Trial, fixture: Fixture): Promise<void> => {
  await cluster.ask('PUT', `/tenants/${cluster.tenant}/switch`, { enabled: false });
  await fixture.churn();
  await sleep(random.below(1_000));
  await cluster.ask('PUT', `/tenants/${cluster.tenant}/switch`, { enabled: true });
};

const deleted = async ({ cluster, random }: Trial, fixture: Fixture): Promise<void> => {
  const collection = random.one(fixture.collections);
  await cluster.ask('DELETE', `${fixture.mapping(collection)}?members=leave`);
  await fixture.churn();
  await createdAgain(fixture, collection);
};

/** As soon as the deletion is done. */
const createdAgain = (fixture: Fixture, collection: Collection): Promise<unknown> =>
  eventually(
    async () => {
      try {
        await fixture.map(collection);
      } catch (error) {
        if (error instanceof ApiFailure && error.status === 409) return false;
        throw error;
      }
      return true;
    },
    { deadline: 60_000, interval: 250, what: 'the mapping to be created again' },
  );

/** To the collection of somebody else, and back. */
const givenAway = async ({ cluster, random }: Trial, fixture: Fixture): Promise<void> => {
  const [one, other] = random.some(fixture.collections, 2) as [Collection, Collection];
  await cluster.ask('PATCH', fixture.mapping(one), { collectionId: other.id });
  await sleep(random.below(1_500));
  await fixture.churn();
  await cluster.ask('PATCH', fixture.mapping(one), { collectionId: one.id });
};

/** A mapping is deleted with its members: what the collection put there leaves, what others put there stays. */
const removed = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster, random } = trial;
  const [collection] = fixture.collections as [Collection];
  const foreign = random.some(fixture.outsiders(collection), 2).map(({ objectId }) => objectId);
  await cluster.outside.editGroup(collection.group, { add: foreign });
  await cluster.ask('PATCH', fixture.mapping(collection), { policy: WITHOUT_LIMITS });
  await trial.fault(() => cluster.ask('DELETE', `${fixture.mapping(collection)}?members=remove`));
  await eventually(
    async () => {
      const { members } = await cluster.outside.group(collection.group);
      return members.length === foreign.length && members.every(({ id }) => foreign.includes(id));
    },
    { deadline: 60_000, interval: 250 },
  ).catch((error: unknown) => trial.wrong.push(`a deleted mapping left the wrong members: ${String(error)}`));
};
