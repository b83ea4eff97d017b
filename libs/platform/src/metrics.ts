import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const PREFIX = 'collection_sync_';

/** The numbers of one service. Asking for a name again gives the same one; names get the prefix `collection_sync_`. */
export class Metrics {
  readonly registry = new Registry();

  /** @param options.process also tell about the process itself: memory, event loop, garbage collection */
  constructor(service: string, options: { process?: boolean } = {}) {
    this.registry.setDefaultLabels({ service });
    if (options.process) collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string = never>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Counter<L> | undefined;
    return known ?? new Counter({ name: full, help, labelNames: labels, registers: [this.registry] });
  }

  /** @param collect sets the value when the metrics are read */
  gauge<L extends string = never>(
    name: string,
    help: string,
    labels: readonly L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    const full = PREFIX + name;
    const known = this.registry.getSingleMetric(full) as Gauge<L> | undefined;
    if (known) return known;
    const gauge: Gauge<L> = new Gauge<L>({
      name: full,
      help,
      labelNames: labels,
      registers: [this.registry],
      ...(collect ? { collect: () => collect(gauge) } : {}),
    });
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
}
