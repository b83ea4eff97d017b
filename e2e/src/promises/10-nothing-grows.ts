import { Database } from '@collection-sync/postgres';
import { eventually } from '@collection-sync/testing';
import { Fixture } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';
import { SETTINGS } from './settings.js';

const CHANGES = 10;
/** The first cycles fill caches and compile code. */
const WARM = 1;
/** A live heap may differ by this share and this many bytes between two looks. */
const SHARE = 0.15;
const BYTES = 4 * 1024 * 1024;
/** Rows that have an age: they grow until they are so old. */
const AGED = [
  'run',
  'run_event',
  'command',
  'command_seen',
  'audit',
  'dead_letter',
  'change',
  'plan',
  'departure',
  'movement',
  'full_reason',
  'transfer',
  'entry',
  'identity_change',
  'directory_object',
  // as many as there are members of mapped groups, once a round has come to each
  'copied_member',
];

/** Cycles of churn and full runs: live heaps stay flat, and no table grows that has no retention rule. */
export const nothingGrows = (options: PromiseOptions): Promise<Proof> =>
  prove('10 nothing grows', options, async (trial) => {
    const { cluster, random } = trial;
    const fixture = await Fixture.create(cluster, random, { name: 'p10', collections: 2, devices: 60 });
    trial.found(await fixture.converge());
    const heaps: number[] = [];
    let rows: Map<string, number> | undefined;
    for (let cycle = 0; cycle < WARM + trial.repetitions; cycle += 1) {
      for (let change = 0; change < CHANGES; change += 1) await fixture.churn();
      for (const collection of fixture.collections) await fixture.sync(collection, 'full');
      trial.found(await fixture.converge());
      if (cycle < WARM) continue;
      heaps.push(await liveHeap(trial));
      rows ??= await rowsOfTables(trial);
    }
    const [first = 0] = heaps;
    const last = heaps.at(-1) ?? 0;
    const limit = first * (1 + SHARE) + BYTES;
    const growth = `the live heap of all processes went from ${mebibytes(first)} to ${mebibytes(last)}`;
    trial.expect(last <= limit, growth);
    trial.options.print?.(`  ${growth}`);
    // what a read has staged just now is gone in a moment
    let grown: string[] = [];
    await eventually(
      async () => {
        const now = await rowsOfTables(trial);
        const more = (table: string): number => (now.get(table) ?? 0) - (rows?.get(table) ?? 0);
        grown = [...now.keys()].filter((table) => more(table) > fixture.devices.length);
        grown = grown.map((table) => `${table} grew by ${more(table)} rows`);
        return grown.length === 0;
      },
      { deadline: 30_000, interval: 500 },
    ).catch((error: unknown) => trial.wrong.push(...(grown.length > 0 ? grown : [String(error)])));
  });

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

const liveHeap = async ({ cluster }: Trial): Promise<number> =>
  (await Promise.all(cluster.replicas.map((replica) => replica.liveHeap()))).reduce((sum, heap) => sum + heap, 0);

const rowsOfTables = async ({ cluster }: Trial): Promise<Map<string, number>> => {
  const database = new Database({ url: cluster.databaseUrl, schema: 'public', application: 'proof', max: 1 });
  try {
    const tables = await database.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema = any ($1) and table_type = 'BASE TABLE' and not table_name = any ($2)`,
      [Object.keys(SETTINGS), AGED],
    );
    const counts = new Map<string, number>();
    for (const { schema, name } of tables) {
      const [found] = await database.query<{ rows: number }>(`select count(*)::int as rows from ${schema}."${name}"`);
      counts.set(`${schema}.${name}`, found?.rows ?? 0);
    }
    const [orphans] = await database.query<{ rows: number }>(
      `select count(*)::int as rows from writer.copied_member m where not exists (select from writer.group_copy c where c.target = m.target)`,
    );
    counts.set('writer.copied_member of no copy', orphans?.rows ?? 0);
    return counts;
  } finally {
    await database.close();
  }
};
