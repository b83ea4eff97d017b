import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, type LabelValues } from 'prom-client';
import { Sample, type Observe } from './sample.js';
import { VERSION } from './version.js';

const PREFIX = 'collection_sync_';

/** The numbers of one service. Asking for a name again gives the same one; names get the prefix `collection_sync_`. */
export class Metrics {
  readonly registry = new Registry();
  readonly #readers = new Map<string, (() => void)[]>();
  readonly #samples: Pick<Sample<never>, 'refresh'>[] = [];

  /** @param options.process also tell about the process itself: memory, event loop, garbage collection */
  constructor(service: string, options: { process?: boolean } = {}) {
    this.registry.setDefaultLabels({ service });
    this.gauge('build_info', 'The release that runs; always 1.', ['version']).set({ version: VERSION }, 1);
    if (options.process) collectDefaultMetrics({ register: this.registry });
  }

  /** @param known labels that are known before anything was counted: from 0 the first of its kind is an increase, too */
  counter<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
    known: readonly Readonly<Record<L, string>>[] = [],
  ): Counter<L> {
    const full = PREFIX + name;
    const registered = this.registry.getSingleMetric(full) as Counter<L> | undefined;
    const counter = registered ?? new Counter({ name: full, help, labelNames: labels, registers: [this.registry] });
    for (const each of known) counter.inc(each as LabelValues<L>, 0);
    return counter;
  }

  /** @param read sets values from memory when the metrics are read, each time all of them */
  gauge<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
    read?: (gauge: Gauge<L>) => void,
  ): Gauge<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Gauge<L> | undefined;
    const gauge = known ?? this.#newGauge(full, help, labels);
    if (read) this.#readers.set(full, [...(this.#readers.get(full) ?? []), () => read(gauge)]);
    return gauge;
  }

  /** A gauge of what somebody else has to be asked for: `refresh` asks, the metrics tell what was found last. */
  sampled<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[],
    ask: (observe: Observe<L>) => Promise<void>,
  ): void {
    const sample = new Sample<L>(ask);
    this.#samples.push(sample);
    this.gauge(name, help, labels, (gauge) => {
      for (const [of, value] of sample.values) gauge.set((of ?? {}) as LabelValues<L>, value);
    });
  }

  /** Asks for what is sampled. Never fails. */
  async refresh(): Promise<void> {
    await Promise.all(this.#samples.map((sample) => sample.refresh()));
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
    const collect = (): void => {
      const readers = this.#readers.get(name);
      if (!readers) return;
      // a gauge without labels would begin with 0
      gauge.reset();
      if (labelNames.length === 0) gauge.remove();
      for (const read of readers) read();
    };
    const gauge: Gauge<L> = new Gauge<L>({ name, help, labelNames, registers: [this.registry], collect });
    return gauge;
  }
}
