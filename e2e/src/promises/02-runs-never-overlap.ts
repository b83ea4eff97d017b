import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@collection-sync/testing';
import { Database } from '@collection-sync/postgres';
import { Fixture } from './fixture.js';
import { calls, journalFromNow } from './overlaps.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { DEADLINE_MS, LEASE_MS } from './settings.js';

const HOUR_MS = 3_600_000;

/** Two runs of one target never overlap: three writers, fulls during incrementals, an empty Redis, another clock, frozen writers. */
export const runsNeverOverlap = (options: PromiseOptions): Promise<Proof> =>
  prove('2 two runs of one target never overlap', options, async (trial) => {
    await crowd(trial);
    await freeze(trial);
  });

/** The part of the promise that rests on the lease alone. */
export const frozenWritersDoNotWrite = (options: PromiseOptions): Promise<Proof> =>
  prove('2 a frozen writer does not write late', options, freeze);

const crowd = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const late = cluster.add('writer', { clockMs: HOUR_MS });
  await trial.fault(() => late.started());
  const fixture = await Fixture.create(cluster, random, { name: 'p2', collections: 2, devices: 40 });
  // a call takes a while, so that two at once would be seen
  const slow = await cluster.outside.fault({
    face: 'graph',
    method: 'POST',
    url: 'batch',
    level: 'outer',
    delayMs: 250,
  });
  for (let round = 0; round < trial.repetitions; round += 1) {
    await fixture.churn();
    await fixture.sync(random.one(fixture.collections), random.below(2) === 0 ? 'full' : 'incremental');
    if (round % 3 === 1) {
      await trial.fault(() => cluster.redis.kill());
      await fixture.churn();
      await cluster.redis.start();
    } else await sleep(random.below(800));
  }
  trial.found(await fixture.converge());
  await cluster.outside.send('DELETE', `/faults/${slow.id}`);
  await cluster.remove([late]);
};

/**
 * A writer is frozen right before a call; another takes over after lease time + deadline. When the first goes on, its call must not reach
 * the tenant: it was not in flight at the freeze.
 */
const freeze = async (trial: Trial): Promise<void> => {
  const { cluster, random } = trial;
  const fixture = await Fixture.create(cluster, random, { name: 'p2-freeze', collections: 1, devices: 12 });
  const [collection] = fixture.collections as [(typeof fixture.collections)[0]];
  trial.found(await fixture.converge());
  const ledger = new Database({ url: cluster.databaseUrl, schema: 'writer', application: 'proof', max: 2 });
  await eventually(async () => (await open(ledger)) === 0, { deadline: 60_000, what: 'no other run to be due' });
  const point = 'writer.call-written';
  await trial.fault(() => cluster.arm(point, 'SIGSTOP'));
  await fixture.change(
    collection,
    random.some(fixture.outsiders(collection), 3),
    random.some([...collection.members], 2),
  );
  const pid = await eventually(() => cluster.struckAt(point), { deadline: 60_000, what: 'a writer to freeze' });
  try {
    const stopped = await underWay(ledger, collection.group);
    trial.expect(stopped, 'the frozen writer was at work for another group');
    trial.found(await fixture.converge());
    await eventually(async () => (await open(ledger)) === 0, {
      deadline: 60_000,
      what: 'the writers to have nothing left to do',
    });
    const journal = await journalFromNow(cluster.outside);
    process.kill(pid, 'SIGCONT');
    await sleep(LEASE_MS + DEADLINE_MS);
    const late = calls(await journal()).filter(({ group }) => group === collection.group);
    trial.expect(late.length === 0, `a frozen writer wrote late: ${JSON.stringify(late)}`);
    trial.found(await fixture.converge());
  } finally {
    process.kill(pid, 'SIGCONT');
    await ledger.close();
  }
};

/** What the writers still mean to do, whatever the group: calls without an answer, runs under way, due now or later. */
const open = async (ledger: Database): Promise<number> => {
  const [found] = await ledger.query<{ open: number }>(
    `select ((select count(*) from call) + (select count(*) from run where ended_at is null)
       + (select count(*) from target where due is not null))::int as open`,
  );
  return found?.open ?? 0;
};

const underWay = async (ledger: Database, group: string): Promise<boolean> => {
  const calls = `select 1 from call join target on target.id = call.target where group_id = $1`;
  return (await ledger.query(calls, [group])).length > 0;
};
