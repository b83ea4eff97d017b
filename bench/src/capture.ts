import { readFile } from 'node:fs/promises';
import { createTopics, KafkaBus, type Transport } from '@collection-sync/bus';
import {
  DEFAULT_POLICY,
  encodeEvent,
  targetOf,
  TOPICS,
  type MembershipDelta,
  type OutgoingRecord,
  type Received,
} from '@collection-sync/core';
import { Simulator } from '@collection-sync/e2e';
import { silentLogger } from '@collection-sync/platform';
import {
  eventually,
  freshDatabase,
  freshRedis,
  freshTopicPrefix,
  runProcess,
  services,
  type RunningProcess,
} from '@collection-sync/testing';
import { imageOptions } from './image-options.js';

/** All Systems of a generated site: every device. */
const ALL_SYSTEMS = 'SMS00001';
const MIB = 1024 * 1024;
const MEMORY_GOAL_MIB = 300;
const LATENCY_GOAL = 1.1;

interface Options {
  readonly sizes: readonly number[];
  readonly collections: number;
  readonly tickSeconds: number;
  readonly changes: number;
}

/**
 * Capture as a process on real services, in front of a simulated site: rows per second and memory of a first read, the cost of ten changes,
 * the time from a change to its delta.
 */
export const run = async ({
  sizes = '1000,10000,100000,1000000',
  collections = '1000',
  tick = '5',
  changes = '200',
}): Promise<boolean> => {
  const options: Options = {
    sizes: sizes.split(',').map(Number).filter(Boolean),
    collections: Number(collections),
    tickSeconds: Number(tick),
    changes: Number(changes),
  };
  const good = [
    options.sizes.length === 0 || (await measureSizes(options)),
    options.collections === 0 || (await measureLatency(options)),
  ];
  return good.every(Boolean);
};

/** One site, one capture, and a reader of what it sends. */
class Bench {
  readonly chunks: { at: number; chunk: MembershipDelta }[] = [];

  private constructor(
    readonly bus: KafkaBus,
    readonly capture: RunningProcess,
    readonly simulator: Simulator,
  ) {}

  static async start([world, ...size]: readonly [string, ...string[]], tickSeconds: number): Promise<Bench> {
    const simulator = await Simulator.start(world, ...size);
    const { kafkaBrokers } = services();
    const brokers = kafkaBrokers.split(',');
    const kafka = { brokers, clientId: 'bench', topicPrefix: freshTopicPrefix(), log: silentLogger() };
    await createTopics({ ...kafka, partitions: 6, replicas: 1 });
    const capture = runProcess({
      file: 'apps/capture/dist/main.js',
      env: {
        KAFKA_BROKERS: kafkaBrokers,
        KAFKA_TOPIC_PREFIX: kafka.topicPrefix,
        DATABASE_URL: await freshDatabase(),
        REDIS_URL: await freshRedis(),
        ...simulator.environment,
        // the bench measures capture, not its politeness
        SOURCE_ROWS_PER_SECOND: '100000000',
        SOURCE_TICK_SECONDS: String(tickSeconds),
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'warn',
        // V8 grows its heap as long as the machine has room; with a bound it collects sooner
        NODE_OPTIONS: imageOptions(),
      },
    });
    const bench = new Bench(new KafkaBus(kafka), capture, simulator);
    await bench.#listen(bench.bus.work('bench'));
    const now = new Date().toISOString();
    const ready = {
      kind: 'directory',
      name: simulator.tenant,
      state: 'ready',
      since: now,
      checkedAt: now,
      sequence: 1,
    } as const;
    await bench.bus.publisher.publish([encodeEvent(TOPICS.upstream, ready, 'resolver')]);
    return bench;
  }

  async #listen(transport: Transport): Promise<void> {
    transport.addHandler(
      TOPICS.membershipDelta,
      async (records: Received<typeof TOPICS.membershipDelta>[]) => {
        for (const { event } of records) {
          this.chunks.push({
            at: performance.now(),
            chunk: event.content === 'delta' ? event : { ...event, adds: [], removes: [] },
          });
        }
      },
      true,
    );
    await new Promise<void>((resolve, reject) =>
      transport.listen((error) => (error ? reject(error as Error) : resolve())),
    );
    await transport.caughtUp;
  }

  mapping(collection: string, number: number): OutgoingRecord {
    const group = `60000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    return encodeEvent(
      TOPICS.mapping,
      {
        target: targetOf(this.simulator.tenant, group),
        tenant: this.simulator.tenant,
        group,
        groupName: collection,
        collection,
        collectionType: 'device',
        state: 'active',
        policy: DEFAULT_POLICY,
        schedule: { kind: 'manual' },
        version: 1,
        activated: 1,
        changedAt: new Date().toISOString(),
      },
      'status',
    );
  }

  /** The largest resident set of the capture process so far, from the kernel. */
  async peakMiB(): Promise<number> {
    const status = await readFile(`/proc/${this.capture.pid}/status`, 'utf8');
    return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / MIB;
  }

  async stop(): Promise<void> {
    await this.bus.close();
    await this.capture.stop();
    await this.simulator.close();
  }
}

const measureSizes = async ({ sizes }: Options): Promise<boolean> => {
  const rows: Record<string, string | number>[] = [];
  let good = true;
  for (const size of sizes) {
    const bench = await Bench.start(['small', '--devices', String(size), '--users', '10', '--collections', '10'], 1);
    const lastOf = (content: string) => bench.chunks.find(({ chunk }) => chunk.content === content && chunk.last);
    const start = performance.now();
    await bench.bus.publisher.publish([bench.mapping(ALL_SYSTEMS, 1)]);
    const first = await eventually(() => lastOf('complete'), {
      deadline: 1_200_000,
      interval: 50,
      what: 'the first content',
    });
    const seconds = (first.at - start) / 1000;
    await bench.simulator.send('POST', `/collections/${ALL_SYSTEMS}/shuffle`, { leave: 10, join: 0 });
    const changed = performance.now();
    const delta = await eventually(() => lastOf('delta'), { deadline: 600_000, interval: 20, what: 'the delta' });
    const peak = await bench.peakMiB();
    good &&= peak <= MEMORY_GOAL_MIB;
    rows.push({
      members: size,
      'first content (s)': seconds.toFixed(1),
      'rows/s': Math.round(size / seconds),
      'ten changes (s)': ((delta.at - changed) / 1000).toFixed(2),
      'delta bytes': Buffer.byteLength(JSON.stringify(delta.chunk)),
      'peak RSS (MiB)': Math.round(peak),
    });
    await bench.stop();
  }
  process.stdout.write(
    'First content of a collection, then ten members leave (tick 1 s, one process; each member is two rows of the site at first, one later):\n',
  );
  console.table(rows);
  const [smallest, largest] = [rows[0], rows.at(-1)];
  if (smallest && largest && rows.length > 1) {
    const ratio = Number(largest['ten changes (s)']) / Number(smallest['ten changes (s)']);
    process.stdout.write(
      `ten changes: ${ratio.toFixed(1)} times the time for ${Number(largest['members']) / Number(smallest['members'])} times the members ` +
        '(the site tells no delta, so every member is read again)\n',
    );
  }
  process.stdout.write(`peak RSS at most ${MEMORY_GOAL_MIB} MiB: ${good ? 'yes' : 'NO'}\n`);
  return good;
};

const measureLatency = async ({ collections, tickSeconds, changes }: Options): Promise<boolean> => {
  const world: [string, ...string[]] = [
    'small',
    '--devices',
    '20000',
    '--users',
    '10',
    '--collections',
    String(collections),
  ];
  const bench = await Bench.start(world, tickSeconds);
  const listed = await bench.simulator.send<{ id: string; name: string; type: number | string; builtIn?: boolean }[]>(
    'GET',
    '/collections',
  );
  const ids = listed.map(({ id }) => id).filter((id) => !id.startsWith('SMS'));
  const mapped = ids.slice(0, collections);
  await bench.bus.publisher.publish(mapped.map((id, index) => bench.mapping(id, index + 1)));
  const sent = () => new Set(bench.chunks.filter(({ chunk }) => chunk.last).map(({ chunk }) => chunk.collection));
  await eventually(() => sent().size >= mapped.length, {
    deadline: 300_000,
    interval: 200,
    what: 'the first contents',
  });
  bench.chunks.length = 0;
  const changedAt = new Map<string, number>();
  const pause = (changes > 0 ? (12 * tickSeconds) / changes : 1) * 1000;
  for (const id of mapped.slice(0, changes)) {
    await bench.simulator.send('POST', `/collections/${id}/shuffle`, { leave: 1, join: 2 });
    changedAt.set(id, performance.now());
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await eventually(() => sent().size >= changedAt.size, { deadline: 120_000, interval: 100, what: 'all deltas' });
  const ticks = bench.chunks
    .filter(({ chunk }) => chunk.content === 'delta' && chunk.last)
    .map(({ at, chunk }) => (at - (changedAt.get(chunk.collection) ?? at)) / (tickSeconds * 1000))
    .sort((a, b) => a - b);
  const at = (share: number) => ticks[Math.min(ticks.length - 1, Math.floor(ticks.length * share))] ?? Number.NaN;
  const good = at(0.95) <= LATENCY_GOAL;
  process.stdout.write(
    `From a change in the site to its published delta, ${mapped.length} mapped collections, tick ${tickSeconds} s, ${ticks.length} changes: ` +
      `median ${at(0.5).toFixed(2)}, p95 ${at(0.95).toFixed(2)}, slowest ${at(1).toFixed(2)} ticks. ` +
      `p95 at most ${LATENCY_GOAL}: ${good ? 'yes' : 'NO'}\n`,
  );
  await bench.stop();
  return good;
};
