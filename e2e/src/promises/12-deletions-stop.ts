import { eventually } from '@collection-sync/testing';
import { Fixture, type Collection } from './fixture.js';
import { calls, journalFromNow } from './overlaps.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

/** Ten batches, so that a deletion is still under way when it is stopped. */
const MEMBERS = 200;
/** Answers to a batch take so long; the deadline of a call is longer. */
const SLOW_MS = 1_000;
/** While a deletion is stopped the writers do this much elsewhere, one change after the other. */
const CHANGES_ELSEWHERE = 3;

/** A deletion with its members is cancelled, and its tenant switched off: nothing is written until somebody lets it go on. */
export const deletionsStop = (options: PromiseOptions): Promise<Proof> =>
  prove('12 a deletion with its members stops', options, (trial) => deletedWith(trial, [cancelled, switchedOff]));

/** The part of the promise that rests on the switch of the tenant alone. */
export const theSwitchStopsDeletions = (options: PromiseOptions): Promise<Proof> =>
  prove('12 the switch of a tenant stops a deletion', options, (trial) => deletedWith(trial, [switchedOff]));

/** One way to stop the deletion of a collection's mapping; `whileStopped` looks at the world before it goes on. */
type Stop = (
  trial: Trial,
  fixture: Fixture,
  collection: Collection,
  whileStopped: () => Promise<void>,
) => Promise<void>;

const deletedWith = async (trial: Trial, stops: readonly Stop[]): Promise<void> => {
  const { cluster, random } = trial;
  const { second: tenant } = cluster;
  const elsewhere = await Fixture.create(cluster, random, {
    name: 'p12-elsewhere',
    collections: 1,
    devices: 12,
    tenant,
  });
  for (let round = 0; round < trial.repetitions; round += 1) {
    const fixture = await Fixture.create(cluster, random, { name: 'p12', collections: 1, devices: 2 * MEMBERS });
    const [collection] = fixture.collections as [Collection];
    trial.found(await fixture.converge());
    const foreign = random.some(fixture.outsiders(collection), 2).map(({ objectId }) => objectId);
    await cluster.outside.editGroup(collection.group, { add: foreign });
    const slow = { face: 'graph', method: 'POST', url: 'batch', level: 'outer', delayMs: SLOW_MS } as const;
    await cluster.outside.fault(slow);
    await cluster.ask('DELETE', `${fixture.mapping(collection)}?members=remove`);
    for (const stop of stops) {
      await somebodyLeaves(fixture, collection);
      const look = (): Promise<void> => nothingIsWritten(trial, fixture, collection, elsewhere, foreign.length);
      await trial.fault(() => stop(trial, fixture, collection, look));
    }
    await cluster.outside.clearFaults();
    await ends(trial, fixture, collection, foreign);
  }
};

const somebodyLeaves = async (fixture: Fixture, collection: Collection): Promise<void> => {
  const { length } = await fixture.inGroup(collection);
  await eventually(async () => (await fixture.inGroup(collection)).length < length, {
    deadline: 60_000,
    what: 'a member to leave',
  });
};

const cancelled: Stop = async ({ cluster }, fixture, collection, whileStopped) => {
  await cluster.ask('POST', `${fixture.path(collection)}/cancel`);
  await whileStopped();
  await cluster.ask('POST', `${fixture.path(collection)}/retry`);
};

/** The writers that come up while it is off know of the deletion from their ledger alone. */
const switchedOff: Stop = async ({ cluster }, _estate, _collection, whileStopped) => {
  await cluster.ask('PUT', `/tenants/${cluster.tenant}/switch`, { enabled: false });
  await whileStopped();
  await Promise.all(cluster.of('writer').map((writer) => writer.kill()));
  await cluster.allRunning();
  await whileStopped();
  await cluster.ask('PUT', `/tenants/${cluster.tenant}/switch`, { enabled: true });
};

/** Once the run has ended at most the call that it had prepared is sent, whatever else the writers do. */
const nothingIsWritten = async (
  trial: Trial,
  fixture: Fixture,
  collection: Collection,
  elsewhere: Fixture,
  foreign: number,
): Promise<void> => {
  const { cluster, random } = trial;
  const running = `/runs?state=running&tenantId=${cluster.tenant}&groupId=${collection.group}`;
  await eventually(async () => (await cluster.ask<{ items: unknown[] }>('GET', running)).items.length === 0, {
    deadline: 60_000,
    what: 'the run of a deletion to end',
  });
  const journal = await journalFromNow(cluster.outside);
  const [other] = elsewhere.collections as [Collection];
  for (let change = 0; change < CHANGES_ELSEWHERE; change += 1) {
    await elsewhere.change(other, random.some(elsewhere.outsiders(other), 1), random.some([...other.members], 1));
    trial.found(await elsewhere.converge());
  }
  const late = calls(await journal()).filter(({ group }) => group === collection.group);
  trial.expect(late.length <= 1, `a stopped deletion went on with ${late.length} calls`);
  const left = (await fixture.inGroup(collection)).length - foreign;
  trial.expect(left > 0, 'a stopped deletion went on to its end');
};

/** What the collection put there is gone, what others put there stays, and the mapping says so. */
const ends = async (
  trial: Trial,
  fixture: Fixture,
  collection: Collection,
  foreign: readonly string[],
): Promise<void> => {
  const isDeleted = async (): Promise<boolean> => {
    const members = await fixture.inGroup(collection);
    const { state } = await trial.cluster.ask<{ state: string }>('GET', fixture.mapping(collection));
    return state === 'deleted' && members.length === foreign.length && foreign.every((id) => members.includes(id));
  };
  await eventually(isDeleted, { deadline: 120_000, interval: 250 }).catch((error: unknown) =>
    trial.wrong.push(`a deletion did not come to its end: ${String(error)}`),
  );
};
