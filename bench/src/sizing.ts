import { SERVICES, type ServiceName } from '@collection-sync/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSystem, whenStarted, type DistributedSystem } from '@collection-sync/e2e';
import { eventually } from '@collection-sync/testing';
import { imageOptions } from './image-options.js';

/** All Systems of a generated site: every device. */
const ALL_SYSTEMS = 'SMS00001';
const MIB = 1024 * 1024;
const LOOK_EVERY_MS = 2_000;
const WITHOUT_LIMITS = { guard: { maxRemovals: 1_000_000, maxShare: 1, neverEmptyFrom: 1_000_000 } };

/**
 * What a replica of each service needs: memory and processor of the four services, one process each with the options of the image, at
 * rest, while a large collection is synchronised for the first time under Graph's real write quota, and while collections change.
 */
export const run = async ({
  devices = '100000',
  collections = '100',
  steady = '60',
  deadline = '900',
}): Promise<boolean> => {
  const bench = await Bench.start(Number(devices), Number(collections));
  try {
    await bench.phase('mirror and listing loaded', () => sleep(40_000));
    await bench.phase('at rest', () => sleep(30_000));
    await bench.phase('first synchronisation', () => bench.mapAll(Number(deadline) * 1_000));
    const all = bench.synchronised;
    await bench.phase('with changes', () => bench.change(Number(steady) * 1_000));
    process.stdout.write(`${bench.members} members in ${bench.targets} groups, NODE_OPTIONS=${imageOptions()}\n`);
    console.table(bench.rows);
    if (!all) process.stdout.write('not everything was synchronised within the deadline\n');
    return all;
  } finally {
    await bench.system.close();
  }
};

interface Look {
  readonly at: number;
  readonly cpu: number;
  readonly rss: number;
}

class Bench {
  readonly rows: Record<string, string | number>[] = [];
  readonly #mapped: string[] = [];
  members = 0;
  synchronised = false;

  private constructor(
    readonly system: DistributedSystem,
    private readonly collections: number,
  ) {}

  static async start(devices: number, collections: number): Promise<Bench> {
    const size = ['--devices', String(devices), '--users', '1000', '--collections', String(collections)];
    const system = await startSystem('distributed', {
      world: 'typical',
      worldArguments: size,
      // as a deployment is: the options of the image, and the defaults of every time
      environment: { NODE_OPTIONS: imageOptions(), SOURCE_TICK_SECONDS: '30', DIRECTORY_POLL_SECONDS: '30' },
    });
    return new Bench(system, collections);
  }

  get targets(): number {
    return this.#mapped.length;
  }

  /** Does the work and looks at the processes meanwhile. */
  async phase(name: string, work: () => Promise<unknown>): Promise<void> {
    const looks = new Map<ServiceName, Look[]>(SERVICES.map((service) => [service, []]));
    const look = async (): Promise<void> => {
      for (const service of SERVICES) looks.get(service)?.push(await this.#look(service));
    };
    await look();
    let working = true;
    const done = work().finally(() => (working = false));
    while (working) {
      await Promise.race([done, sleep(LOOK_EVERY_MS)]);
      await look();
    }
    await done;
    for (const [service, seen] of looks) this.rows.push(row(name, service, seen));
  }

  async mapAll(deadline: number): Promise<void> {
    const listed = await this.system.simulator.send<{ id: string; type: number | string; count?: number }[]>(
      'GET',
      '/collections',
    );
    const chosen = listed.filter(({ id, type }) => (type === 2 || type === 'device') && !id.startsWith('SMS'));
    for (const id of [ALL_SYSTEMS, ...chosen.slice(0, this.collections).map((each) => each.id)]) {
      const group = await this.system.simulator.send<{ id: string }>('POST', '/groups', {
        displayName: `sizing ${id}`,
      });
      await eventually(() => this.system.api.request('GET', `/collections/${id}`), {
        deadline: 60_000,
        what: `collection ${id}`,
      });
      await this.system.api.request('POST', '/mappings', {
        tenantId: this.system.simulator.addresses.tenantId,
        groupId: group.id,
        collectionId: id,
        collectionType: 'device',
        policy: WITHOUT_LIMITS,
      });
      this.#mapped.push(id);
    }
    const end = performance.now() + deadline;
    interface Page {
      items: { collectionId: string; memberCount: number; syncInProgress: number; cloudSyncStatus: string }[];
    }
    await eventually(
      async () => {
        const { items } = await this.system.api.request<Page>('GET', '/collections?limit=500&mapped=true');
        const mine = items.filter(({ collectionId }) => this.#mapped.includes(collectionId));
        this.members = mine.reduce((sum, { memberCount }) => sum + memberCount, 0);
        const done = mine.filter(({ cloudSyncStatus }) => /Success/.test(cloudSyncStatus));
        this.synchronised = done.length === this.#mapped.length;
        return this.synchronised || performance.now() > end;
      },
      { deadline: 2 * deadline, interval: 2_000, what: 'an answer of the API' },
    );
  }

  /** Every second a collection in which members come and go. */
  async change(ms: number): Promise<void> {
    const end = performance.now() + ms;
    for (let at = 0; performance.now() < end; at += 1) {
      const id = this.#mapped[at % this.#mapped.length] ?? ALL_SYSTEMS;
      if (id !== ALL_SYSTEMS)
        await this.system.simulator.send('POST', `/collections/${id}/shuffle`, { leave: 2, join: 3 });
      await sleep(1_000);
    }
  }

  async #look(service: ServiceName): Promise<Look> {
    const { url } = await whenStarted(service, this.system.processes[service]);
    const text = await (await fetch(`${url}/metrics`)).text();
    const value = (name: string): number => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, 'm').exec(text)?.[1]);
    return {
      at: performance.now(),
      cpu: value('process_cpu_seconds_total'),
      rss: value('process_resident_memory_bytes') / MIB,
    };
  }
}

const row = (phase: string, service: ServiceName, looks: readonly Look[]): Record<string, string | number> => {
  const [first, last] = [looks[0], looks.at(-1)];
  const millicores = (from?: Look, to?: Look): number =>
    from && to && to.at > from.at ? Math.round(((to.cpu - from.cpu) * 1e6) / (to.at - from.at)) : 0;
  const pairs = looks.slice(1).map((to, at) => millicores(looks[at], to));
  return {
    phase,
    service,
    'time (s)': first && last ? Math.round((last.at - first.at) / 1000) : 0,
    'RSS now (MiB)': Math.round(last?.rss ?? 0),
    'RSS most (MiB)': Math.round(Math.max(...looks.map(({ rss }) => rss))),
    'processor (m)': millicores(first, last),
    'processor most (m)': Math.max(0, ...pairs),
  };
};
