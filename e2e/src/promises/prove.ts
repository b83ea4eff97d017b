import type { Cluster } from './cluster.js';
import type { Found } from './fixture.js';
import { calls, journalFromNow, overlapping } from './overlaps.js';
import { Random } from './random.js';
import { CONVERGES_MS } from './settings.js';

export interface PromiseOptions {
  readonly cluster: Cluster;
  /** how often a fault is repeated: few in `npm test`, many in `npm run proof` */
  readonly repetitions: number;
  /** repeats the churn and the choice of faults */
  readonly seed: number;
  /** how long what is wanted is waited for where a safeguard may be left out */
  readonly timeoutMs?: number;
  /** how far it is */
  readonly print?: (line: string) => void;
}

/** What was seen of a promise: a row of the table. */
export interface Proof {
  readonly promise: string;
  /** faults injected */
  readonly faults: number;
  readonly members: number;
  readonly lost: number;
  readonly extra: number;
  readonly overlapping: number;
  readonly seconds: number;
  /** everything else that should not have been */
  readonly wrong: readonly string[];
}

export const holds = ({ lost, extra, overlapping, wrong }: Proof): boolean =>
  lost + extra + overlapping + wrong.length === 0;

/** What the work on one promise is given, and where it tells what it did and saw. */
export class Trial {
  readonly random: Random;
  readonly #begin = performance.now();
  faults = 0;
  members = 0;
  lost = 0;
  extra = 0;
  readonly wrong: string[] = [];

  constructor(readonly options: PromiseOptions) {
    this.random = new Random(options.seed);
  }

  get cluster(): Cluster {
    return this.options.cluster;
  }

  get repetitions(): number {
    return this.options.repetitions;
  }

  get timeoutMs(): number {
    return this.options.timeoutMs ?? CONVERGES_MS;
  }

  /** Injects a fault, and counts it. */
  async fault<T>(inject: () => Promise<T> | T): Promise<T> {
    this.faults += 1;
    return inject();
  }

  found({ members, lost, extra, wrong }: Found): void {
    this.members += members;
    this.lost += lost;
    this.extra += extra;
    this.wrong.push(...wrong);
    this.#print();
  }

  #print(): void {
    const { faults, members, lost, extra, wrong } = this;
    const seconds = ((performance.now() - this.#begin) / 1_000).toFixed(0);
    this.options.print?.(
      `  after ${seconds} s: ${faults} faults, ${members} members checked, ${lost} lost, ${extra} extra, ${wrong.length} wrong`,
    );
  }

  expect(ok: boolean, otherwise: string): void {
    if (!ok) this.wrong.push(otherwise);
  }
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly counts: { readonly unaccounted?: number } | null;
}

/** Runs the work on a promise, and reads from the journal of the tenant and from the API what must hold for every promise. */
export const prove = async (
  promise: string,
  options: PromiseOptions,
  work: (trial: Trial) => Promise<void>,
): Promise<Proof> => {
  const trial = new Trial(options);
  const { cluster } = options;
  const tenants = [cluster.first, cluster.second];
  const journals = await Promise.all(tenants.map((tenant) => journalFromNow(tenant)));
  const begin = performance.now();
  try {
    await work(trial);
  } catch (error) {
    trial.wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    await cluster.putInOrder();
  }
  const { items } = await cluster.ask<{ items: Run[] }>('GET', '/runs?limit=200');
  const unaccounted = items.filter(({ counts }) => (counts?.unaccounted ?? 0) !== 0);
  trial.expect(unaccounted.length === 0, `outcomes do not add up: ${JSON.stringify(unaccounted)}`);
  const alarms = (await Promise.all(tenants.map((tenant) => tenant.alarms()))).flat();
  trial.expect(alarms.length === 0, `requests that must never be: ${JSON.stringify(alarms)}`);
  const { faults, members, lost, extra, wrong } = trial;
  const overlaps = (await Promise.all(journals.map(async (journal) => overlapping(calls(await journal()))))).flat();
  const seconds = (performance.now() - begin) / 1_000;
  return { promise, faults, members, lost, extra, overlapping: overlaps.length, seconds, wrong };
};
