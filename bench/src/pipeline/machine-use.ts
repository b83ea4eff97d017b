import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { Database } from '@collection-sync/postgres';
import type { DistributedSystem } from '@collection-sync/e2e';

/** What the kernel counts in, 100 a second on every Linux. */
const TICKS_PER_SECOND = 100;
const LOOK_EVERY_MS = 500;
/** What the machine did beside what is listed: the broker, Redis, the measuring, and whatever else runs there. */
const REST = 'all else on the machine';

/** Seconds of one core, by who spent them. */
export type Spent = ReadonlyMap<string, number>;

export interface Use {
  readonly seconds: number;
  readonly spent: Spent;
}

/**
 * Who spends the processors of the machine: each process of the system, and PostgreSQL's backends by the service that they work for. Looks
 * often, since what a backend has spent is gone with it. Linux only.
 */
export class ProcessorUse {
  readonly #backends = new Map<number, { owner: string; first: number; last: number }>();
  readonly #database: Database;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> = Promise.resolve();
  #began: { at: number; machine: number; processes: Spent } = { at: 0, machine: 0, processes: new Map() };

  private constructor(private readonly system: DistributedSystem) {
    this.#database = new Database({
      url: system.installation.environment['DATABASE_URL'] ?? '',
      schema: 'public',
      application: 'bench',
      max: 1,
    });
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#lookAtBackends());
    }, LOOK_EVERY_MS);
  }

  static async start(system: DistributedSystem): Promise<ProcessorUse> {
    const use = new ProcessorUse(system);
    await use.restart();
    return use;
  }

  /** Forgets what was spent so far. */
  async restart(): Promise<void> {
    await this.#looking;
    await this.#lookAtBackends();
    for (const backend of this.#backends.values()) backend.first = backend.last;
    this.#began = { at: performance.now(), machine: machineSeconds(), processes: await this.#processes() };
  }

  /** What was spent since the last restart. */
  async read(): Promise<Use> {
    await this.#looking;
    await this.#lookAtBackends();
    const { at, machine, processes: before } = this.#began;
    const spent = new Map<string, number>();
    for (const [name, seconds] of await this.#processes()) spent.set(name, seconds - (before.get(name) ?? 0));
    for (const { owner, first, last } of this.#backends.values())
      spent.set(owner, (spent.get(owner) ?? 0) + last - first);
    const listed = [...spent.values()].reduce((sum, each) => sum + each, 0);
    spent.set(REST, machineSeconds() - machine - listed);
    return { seconds: (performance.now() - at) / 1_000, spent };
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#database.close();
  }

  async #processes(): Promise<Spent> {
    const entries = Object.entries(this.system.processes).map(
      async ([name, { pid }]) => [name, pid === undefined ? 0 : await secondsOf(pid)] as const,
    );
    return new Map(await Promise.all(entries));
  }

  async #lookAtBackends(): Promise<void> {
    const rows = await this.#database.query<{ pid: number; application: string }>(
      `select pid, coalesce(application_name, '') as application from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend'`,
    );
    for (const { pid, application } of rows) {
      const seconds = await secondsOf(pid).catch(() => undefined);
      if (seconds === undefined) continue;
      const known = this.#backends.get(pid);
      if (known) known.last = seconds;
      // one that came meanwhile has spent all that it has spent since
      else this.#backends.set(pid, { owner: `PostgreSQL for ${application}`, first: 0, last: seconds });
    }
  }
}

/** Seconds of one core that a process has spent. */
const secondsOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
};

const machineSeconds = (): number =>
  cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1_000, 0);

/** Lines for a reader: who spent how much, per member, and the share of one core. */
export const describeUse = ({ seconds, spent }: Use, members: number): string[] =>
  [...spent]
    .filter(([, cpu]) => cpu >= 0.05)
    .sort(([, one], [, other]) => other - one)
    .map(([name, cpu]) => {
      const share = ((100 * cpu) / seconds).toFixed(0);
      const each = ((1e6 * cpu) / members).toFixed(0);
      return `  ${name.padEnd(28)}${cpu.toFixed(1).padStart(7)} s${share.padStart(6)} %${each.padStart(8)} µs a member`;
    });

/** MiB of each process of the system that are in memory. */
export const memoryOf = async (system: DistributedSystem): Promise<Record<string, number>> => {
  const entries = Object.entries(system.processes).map(async ([name, { pid }]) => {
    const status = pid === undefined ? '' : await readFile(`/proc/${pid}/status`, 'utf8');
    return [name, Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1_024)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
};
