import { setTimeout as sleep } from 'node:timers/promises';
import { Database, onlyRow } from '@collection-sync/postgres';
import { eventually } from '@collection-sync/testing';
import type { Cluster } from './cluster.js';
import { Fixture, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { LEASE_MS } from './settings.js';

const THOUSAND = 1_000;
/** From the site to the ledger, and from there to the group, a member takes less, on a busy machine too. */
const MEMBER_MS = 20;

/**
 * A large content is merged beside a run of the same group: the run keeps its lease, and goes on with what has joined it. The row of the
 * target is held for longer than a lease, as a merge holds it that has more to do. Repetitions are thousands of members.
 */
export const mergesLeaveRunsAlone = (options: PromiseOptions): Promise<Proof> =>
  options.cluster.instead('capture', [{ settings: { chunkMembers: THOUSAND } }], () =>
    prove('13 a run keeps its lease beside a large merge', options, mergedBesideARun),
  );

interface Run {
  readonly id: string;
  readonly state: string;
  readonly failure: object | null;
  readonly counts: { readonly joined: number } | null;
}

interface Target {
  readonly row: { readonly memberCount: number; readonly syncCompleted: number };
}

const mergedBesideARun = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const { outside } = cluster;
  const members = trial.repetitions * THOUSAND;
  const deadline = 120_000 + members * MEMBER_MS;
  const fixture = await Fixture.create(cluster, random, { name: 'p13', collections: 1, devices: 24 });
  const [collection] = fixture.collections as [Collection];
  trial.found(await fixture.converge());
  const crowd = await register(cluster, `p13-${random.below(1e6)}-`, members, deadline);

  // a run goes on trying until it may add
  await trial.fault(() => outside.fault({ face: 'graph', group: collection.group, level: 'part', status: 503 }));
  await fixture.change(collection, random.some(fixture.outsiders(collection), 1), []);
  const running = `/runs?state=running&tenantId=${cluster.tenant}&groupId=${collection.group}`;
  const begun = async (): Promise<Run | undefined> => (await cluster.ask<{ items: Run[] }>('GET', running)).items[0];
  const { id } = await eventually(begun, { deadline: 60_000, what: 'a run' });
  await trial.fault(() => outside.editCollection(collection.id, { add: crowd }));
  await eventually(async () => (await count(cluster, ENTRIES, collection.group)) >= THOUSAND, {
    deadline,
    what: 'the merge to begin',
  });
  await trial.fault(() => holdRow(cluster, collection.group, 2 * LEASE_MS));
  await outside.clearFaults();

  const wanted = collection.members.size + members;
  const shown = async (): Promise<Target['row']> => (await cluster.ask<Target>('GET', fixture.path(collection))).row;
  await eventually(async () => (await shown()).syncCompleted === wanted, {
    deadline: 2 * deadline,
    interval: 500,
  }).catch(async (error: unknown) => trial.wrong.push(`${JSON.stringify(await shown())}: ${String(error)}`));
  const { run } = await cluster.ask<{ run: Run }>('GET', `/runs/${id}`);
  trial.expect(!run.failure, `the run beside the merge failed: ${JSON.stringify(run.failure)}`);
  const joined = run.counts?.joined ?? 0;
  trial.expect(run.failure !== null || joined >= members, `${joined} of ${members} members joined the run under way`);
  trial.members += wanted;
  trial.lost += wanted - (await outside.group(collection.group)).memberCount;
  await cluster.ask('DELETE', `${fixture.mapping(collection)}?members=leave`);
};

/** Devices that the site and the mirror of the directory know; their ResourceIDs. */
const register = async (cluster: Cluster, prefix: string, devices: number, deadline: number): Promise<number[]> => {
  const before = await count(cluster, OBJECTS, cluster.tenant);
  const made = await cluster.outside.send<{ resources: number[] }>('POST', '/devices/many', { prefix, count: devices });
  await eventually(async () => (await count(cluster, OBJECTS, cluster.tenant)) >= before + devices, {
    deadline,
    interval: 500,
    what: 'the mirror of the directory',
  });
  return made.resources;
};

const OBJECTS = 'resolver.directory_object where tenant = $1::uuid and deleted_at is null';
const ENTRIES = 'writer.entry where target = (select id from writer.target where group_id = $1)';

const holdRow = async ({ databaseUrl }: Cluster, group: string, ms: number): Promise<void> => {
  const database = new Database({ url: databaseUrl, schema: 'writer', application: 'proof', max: 1 });
  try {
    await database.transaction(async (tx) => {
      await tx.query('select from target where group_id = $1 for update', [group]);
      await sleep(ms);
    });
  } finally {
    await database.close();
  }
};

const count = async ({ databaseUrl }: Cluster, rows: string, of: string): Promise<number> => {
  const database = new Database({ url: databaseUrl, schema: 'public', application: 'proof', max: 1 });
  try {
    return (await onlyRow(database.query<{ rows: number }>(`select count(*)::int as rows from ${rows}`, [of]))).rows;
  } finally {
    await database.close();
  }
};
