import { Database } from '@collection-sync/postgres';
import { Estate } from './estate.js';
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
  'full_reason',
  'transfer',
  'entry',
  'identity_change',
  'directory_object',
];

/** Cycles of churn and full runs: live heaps stay flat, and no table grows that has no retention rule. */
export const nothingGrows = (options: PromiseOptions): Promise<Proof> =>
  prove('10 nothing grows', options, async (trial) => {
    const { cluster, random } = trial;
    const estate = await Estate.create(cluster, random, { name: 'p10', collections: 2, devices: 60 });
    trial.found(await estate.settle());
    const heaps: number[] = [];
    const rows: Map<string, number>[] = [];
    for (let cycle = 0; cycle < WARM + trial.repetitions; cycle += 1) {
      for (let change = 0; change < CHANGES; change += 1) await estate.churn();
      for (const collection of estate.collections) await estate.sync(collection, 'full');
      trial.found(await estate.settle());
      if (cycle < WARM) continue;
      heaps.push(await liveHeap(trial));
      rows.push(await rowsOfTables(trial));
    }
    const [first = 0] = heaps;
    const last = heaps.at(-1) ?? 0;
    const limit = first * (1 + SHARE) + BYTES;
    const told = `the live heap of all processes went from ${mebibytes(first)} to ${mebibytes(last)}`;
    trial.expect(last <= limit, told);
    trial.options.tell?.(`  ${told}`);
    for (const [table, count] of rows.at(-1) ?? []) {
      const before = rows[0]?.get(table) ?? 0;
      trial.expect(count <= before + estate.devices.length, `${table} grew from ${before} to ${count} rows`);
    }
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
    return counts;
  } finally {
    await database.close();
  }
};
