import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { VERSION } from './version.js';

const PREFIX = 'collection_sync_';

/** The numbers of one service. Asking for a name again gives the same one; names get the prefix `collection_sync_`. */
export class Metrics {
  readonly registry = new Registry();
  readonly #collectors = new Map<string, (() => void | Promise<void>)[]>();

  /** @param options.process also tell about the process itself: memory, event loop, garbage collection */
  constructor(service: string, options: { process?: boolean } = {}) {
    this.registry.setDefaultLabels({ service });
    this.gauge('build_info', 'The release that runs; always 1.', ['version']).set({ version: VERSION }, 1);
    if (options.process) collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string = never>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Counter<L> | undefined;
    return known ?? new Counter({ name: full, help, labelNames: labels, registers: [this.registry] });
  }

  /** @param collect sets values when the metrics are read, each time anew; what it cannot find out then is left out */
  gauge<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Gauge<L> | undefined;
    const gauge = known ?? this.#newGauge(full, help, labels);
    if (collect) this.#collectors.set(full, [...(this.#collectors.get(full) ?? []), () => collect(gauge)]);
    return gauge;
  }

  histogram<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
    buckets?: readonly number[],
  ): Histogram<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Histogram<L> | undefined;
    const options = { name: full, help, labelNames: labels, registers: [this.registry] };
    return known ?? new Histogram(buckets ? { ...options, buckets: [...buckets] } : options);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  #newGauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    const collect = async (): Promise<void> => {
      const collectors = this.#collectors.get(name);
      if (!collectors) return;
      gauge.reset();
      const found = await Promise.allSettled(collectors.map(async (each) => each()));
      if (labelNames.length === 0 && found.every(({ status }) => status === 'rejected')) gauge.remove();
    };
    const gauge: Gauge<L> = new Gauge<L>({ name, help, labelNames, registers: [this.registry], collect });
    return gauge;
  }
}
