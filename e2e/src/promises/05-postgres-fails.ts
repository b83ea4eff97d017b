import { SERVICES } from '@collection-sync/core';
import { Database } from '@collection-sync/postgres';
import { Backup } from './backup.js';
import type { Cluster } from './cluster.js';
import { Fixture } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { REPLICAS, type Service } from './settings.js';

/** PostgreSQL is killed, connections are cut, schemas are restored to an older backup: services wait and go on, and the gap heals. */
export const postgresMayFail = (options: PromiseOptions): Promise<Proof> =>
  prove('5 PostgreSQL is restarted, cut off and restored', options, async (trial) => {
    const { cluster, random } = trial;
    const fixture = await Fixture.create(cluster, random, { name: 'p5', collections: 2, devices: 24 });
    trial.found(await fixture.converge());
    const backups = new Map<Service, Backup>();
    for (const service of SERVICES) backups.set(service, await Backup.take(cluster, service));
    for (let round = 0; round < trial.repetitions; round += 1) {
      await fixture.churn();
      await trial.fault(() => (round % 2 === 0 ? killed(cluster) : cut(cluster)));
      await fixture.churn();
    }
    await cluster.allRunning();
    trial.found(await fixture.converge());
    for (const [service, backup] of backups) {
      await restored(trial, fixture, service, backup);
      await backup.close();
    }
  });

const killed = async ({ postgres }: Cluster): Promise<void> => {
  await postgres.kill();
  await postgres.start();
};

const cut = async ({ databaseUrl }: Cluster): Promise<void> => {
  const database = new Database({ url: databaseUrl, schema: 'public', application: 'proof', max: 1 });
  try {
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  } finally {
    await database.close();
  }
};

const restored = async (trial: Trial, fixture: Fixture, service: Service, backup: Backup): Promise<void> => {
  const { cluster } = trial;
  await fixture.churn();
  await cluster.remove(cluster.of(service));
  await trial.fault(() => backup.restore());
  for (let at = 0; at < REPLICAS[service]; at += 1) cluster.add(service);
  await cluster.allRunning();
  await fixture.churn();
  const found = await fixture.converge();
  trial.found({ ...found, wrong: found.wrong.map((each) => `after a restore of ${service}: ${each}`) });
};
