import { Database } from '@collection-sync/postgres';
import { eventually } from '@collection-sync/testing';
import { Fixture, type Collection } from './fixture.js';
import { journalFromNow } from './overlaps.js';
import type { Simulator } from '../simulator.js';
import type { Trial } from './prove.js';

/** Groups of the other tenant: more than the writers run at once. */
const GROUPS = 12;
const HOUR_S = 3_600;

interface Outage {
  readonly name: string;
  readonly begin: (tenant: Simulator) => unknown;
  readonly end: (tenant: Simulator) => unknown;
}

const OUTAGES: readonly Outage[] = [
  { name: 'does not answer', begin: (tenant) => tenant.freeze(), end: (tenant) => tenant.thaw() },
  {
    name: 'refuses every token',
    begin: (tenant) => tenant.switches({ graph: { consent: '401' } }),
    end: (tenant) => tenant.send('DELETE', '/switches'),
  },
  {
    name: 'lets nobody sign in any more',
    begin: async (tenant) => {
      await tenant.fault({ face: 'oauth', status: 503 });
      await tenant.advance(HOUR_S);
    },
    end: (tenant) => tenant.clearFaults(),
  },
];

/** One tenant is away while work for it is due: members of the other one go on joining, and it catches up when it is back. */
export const anotherTenant = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const { cluster, random } = trial;
  const { second } = cluster;
  const away = await Fixture.create(cluster, random, {
    name: 'p6-away',
    collections: GROUPS,
    devices: 24,
    tenant: second,
  });
  trial.found(await away.converge());
  for (const { name, begin, end } of OUTAGES) {
    const since = new Date();
    await trial.fault(() => begin(second));
    for (const collection of away.collections) await changeOne(trial, away, collection);
    await runsBegin(trial, since);
    for (let change = 0; change < 3; change += 1) await fixture.churn();
    const found = await fixture.converge();
    trial.found({ ...found, wrong: found.wrong.map((each) => `while another tenant ${name}: ${each}`) });
    await end(second);
    trial.found(await away.converge());
  }
  await tokensExpire(trial, away);
};

const changeOne = ({ random }: Trial, fixture: Fixture, collection: Collection): Promise<void> =>
  fixture.change(collection, random.some(fixture.outsiders(collection), 1), random.some([...collection.members], 1));

/** The writers are at work for the second tenant. */
const runsBegin = async ({ cluster }: Trial, since: Date): Promise<void> => {
  const ledger = new Database({ url: cluster.databaseUrl, schema: 'writer', application: 'proof', max: 1 });
  const seen = `select 1 from run join target on target.id = run.target where tenant = $1 and started_at > $2 limit 1`;
  try {
    await eventually(async () => (await ledger.query(seen, [cluster.second.tenant, since])).length > 0, {
      deadline: 60_000,
      what: 'runs for the tenant that is away',
    });
  } finally {
    await ledger.close();
  }
};

/** Tokens end in the middle of runs, at the tenant's clock: the services learn it from the answers. */
const tokensExpire = async (trial: Trial, fixture: Fixture): Promise<void> => {
  const tenant = trial.cluster.second;
  const journal = await journalFromNow(tenant);
  const refused = async (): Promise<number> =>
    (await journal()).filter(({ face, url, status }) => face === 'graph' && url.includes('$batch') && status === 401)
      .length;
  await tenant.fault({ face: 'graph', url: 'batch', level: 'outer', delayMs: 100 });
  await eventually(
    async () => {
      await trial.fault(() => tenant.advance(HOUR_S));
      for (const collection of fixture.collections) await changeOne(trial, fixture, collection);
      return (await refused()) >= 3;
    },
    { deadline: 60_000, interval: 500 },
  ).catch((error: unknown) => trial.wrong.push(`no token ended in the middle of a run: ${String(error)}`));
  await tenant.clearFaults();
  trial.found(await fixture.converge());
};
