import { TOPICS } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { eventually } from '@collection-sync/testing';
import type { Cluster } from './cluster.js';
import { Fixture, type Collection } from './fixture.js';
import { forgetOffsets, loseContent, written } from './kafka-admin.js';
import { calls, journalFromNow } from './overlaps.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { REPLICAS } from './settings.js';

/** Kafka is restarted, reassigned, replayed and emptied: the same end state, and no further writes to the tenant. */
export const kafkaMayFail = (options: PromiseOptions): Promise<Proof> =>
  prove('4 Kafka is restarted, replayed and loses content', options, async (trial) => {
    const { cluster, random } = trial;
    const fixture = await Fixture.create(cluster, random, { name: 'p4', collections: 3, devices: 24 });
    trial.found(await fixture.converge());
    for (let round = 0; round < trial.repetitions; round += 1) {
      await fixture.churn();
      await trial.fault(() => cluster.kafka.kill());
      await fixture.churn();
      await cluster.kafka.start();
      trial.found(await fixture.converge());
    }
    await reassigned(trial, fixture);
    await replayed(trial, fixture);
    await emptied(trial, fixture);
    await requestsWhileAway(trial);
  });

/** The part of the promise that rests on the versions of deltas alone. */
export const lostContentIsNoticed = (options: PromiseOptions): Promise<Proof> =>
  prove('4 lost content is noticed', options, async (trial) => {
    const fixture = await Fixture.create(trial.cluster, trial.random, { name: 'p4-lost', collections: 1, devices: 12 });
    trial.found(await fixture.converge());
    await emptied(trial, fixture);
  });

/** The part of the promise that rests on the outbox alone. */
export const requestsAreKept = (options: PromiseOptions): Promise<Proof> =>
  prove('4 what was asked for while Kafka was away is kept', options, requestsWhileAway);

/** An operator maps a collection while Kafka is away, and status is killed before it comes back. */
const requestsWhileAway = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const fixture = await Fixture.create(cluster, random, {
    name: 'p4-asked',
    collections: 1,
    devices: 12,
    mapped: false,
  });
  const [collection] = fixture.collections as [Collection];
  await eventually(() => cluster.ask('GET', `/collections/${collection.id}`), {
    deadline: 60_000,
    what: 'the collection to be known',
  });
  await trial.fault(() => cluster.kafka.kill());
  await fixture.map(collection);
  await relayIdles(cluster);
  await trial.fault(() => Promise.all(cluster.of('status').map((replica) => replica.kill())));
  await cluster.kafka.start();
  await cluster.allRunning();
  trial.found(await fixture.converge(trial.timeoutMs));
};

const RELAY_MS = 3_000;

/** The outbox is empty, which it must not become without a broker, or had its time. */
const relayIdles = async ({ databaseUrl }: Cluster): Promise<void> => {
  const status = new Database({ url: databaseUrl, schema: 'status', application: 'proof', max: 1 });
  const empty = async (): Promise<boolean> => (await status.query('select 1 from outbox limit 1')).length === 0;
  await eventually(empty, { deadline: RELAY_MS }).catch(() => undefined);
  await status.close();
};

/** Partitions change hands while records are being handled. */
const reassigned = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster } = trial;
  const more = [cluster.add('writer'), cluster.add('resolver')];
  await trial.fault(() => Promise.all(more.map((replica) => replica.started())));
  await fixture.churn();
  await trial.fault(() => cluster.remove(more));
  await fixture.churn();
  trial.found(await fixture.converge());
};

/** Every consumer begins at the earliest record again: nothing is written to the tenant. */
const replayed = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster } = trial;
  const journal = await journalFromNow(cluster.outside);
  const services = ['resolver', 'writer', 'capture', 'status'] as const;
  await cluster.remove(cluster.replicas.slice());
  await trial.fault(() => forgetOffsets(cluster, services));
  for (const service of services) for (let at = 0; at < REPLICAS[service]; at += 1) cluster.add(service);
  await cluster.allRunning();
  trial.found(await fixture.converge());
  const groups = new Set(fixture.collections.map(({ group }) => group));
  const writes = calls(await journal()).filter(({ group }) => groups.has(group));
  trial.expect(writes.length === 0, `a replay wrote to the tenant: ${JSON.stringify(writes)}`);
};

/** A delta is lost between resolver and writer; the next one must not hide it. */
const emptied = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster, random } = trial;
  const collection = random.one(fixture.collections);
  const join = async (): Promise<void> => {
    const before = await written(cluster, TOPICS.membershipChange);
    await fixture.change(collection, random.some(fixture.outsiders(collection), 1), []);
    await eventually(async () => (await written(cluster, TOPICS.membershipChange)) > before, {
      deadline: 60_000,
      what: 'a delta to be forwarded',
    });
  };
  await cluster.remove(cluster.of('writer'));
  await join();
  await trial.fault(() => loseContent(cluster, TOPICS.membershipChange));
  await join();
  for (let at = 0; at < REPLICAS.writer; at += 1) cluster.add('writer');
  await cluster.allRunning();
  trial.found(await fixture.converge(trial.timeoutMs));
};
