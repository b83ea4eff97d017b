type Labels<L extends string> = Readonly<Partial<Record<L, string | number>>>;
type Value<L extends string> = readonly [labels: Labels<L> | undefined, value: number];
/** Tells what was found out of one number. */
export type Observe<L extends string> = (value: number, labels?: Labels<L>) => void;

const DUE_MS = 5_000;
const TIMEOUT_MS = 10_000;
const UNKNOWN = Symbol('unknown');

/** What is found out by asking somebody else: asked in the background, and told from memory. What cannot be found out is unknown. */
export class Sample<L extends string> {
  #values: readonly Value<L>[] = [];
  #asked = Number.NEGATIVE_INFINITY;
  #asking: Promise<unknown> | undefined;

  constructor(private readonly ask: (observe: Observe<L>) => Promise<void>) {}

  get values(): readonly Value<L>[] {
    return this.#values;
  }

  /** Asks, unless that was done a moment ago; an answer that does not come for long counts as none. */
  async refresh(): Promise<void> {
    if (this.#asking || performance.now() - this.#asked < DUE_MS) return;
    this.#asked = performance.now();
    const values: Value<L>[] = [];
    const asking = this.ask((value, labels) => values.push([labels, value])).then(
      () => values,
      () => UNKNOWN,
    );
    this.#asking = asking.finally(() => (this.#asking = undefined));
    const timeout = Promise.withResolvers<typeof UNKNOWN>();
    const timer = setTimeout(() => timeout.resolve(UNKNOWN), TIMEOUT_MS);
    const found = await Promise.race([asking, timeout.promise]);
    clearTimeout(timer);
    this.#values = typeof found === 'symbol' ? [] : found;
  }
}
