/** A record has at most this many members, and at most this many bytes of JSON in them. */
export const CHUNK_MEMBERS = 1_000;
export const CHUNK_BYTES = 512 * 1024;

export interface ChunkLimits {
  readonly members?: number;
  readonly bytes?: number;
}

export interface Chunk<T> {
  readonly items: T[];
  readonly index: number;
  readonly last: boolean;
}

/** Cuts a list into lists of at most `size`. */
export function* slicesOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Takes items one by one and gives a chunk whenever the next one would not fit. */
class Filling<T> {
  #items: T[] = [];
  #bytes = 0;
  #index = 0;
  readonly #limits: Required<ChunkLimits>;

  constructor({ members = CHUNK_MEMBERS, bytes = CHUNK_BYTES }: ChunkLimits) {
    this.#limits = { members, bytes };
  }

  add(item: T): Chunk<T> | undefined {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    const fits = this.#items.length < this.#limits.members && this.#bytes + bytes <= this.#limits.bytes;
    const full = fits || this.#items.length === 0 ? undefined : this.#take(false);
    this.#items.push(item);
    this.#bytes += bytes;
    return full;
  }

  end(): Chunk<T> {
    return this.#take(true);
  }

  #take(last: boolean): Chunk<T> {
    const chunk = { items: this.#items, index: this.#index++, last };
    this.#items = [];
    this.#bytes = 0;
    return chunk;
  }
}

/** Cuts items into chunks bounded by count and bytes, marking the last one; nothing gives one empty last chunk. */
export function* chunksOf<T>(items: Iterable<T>, limits: ChunkLimits = {}): Generator<Chunk<T>> {
  const filling = new Filling<T>(limits);
  for (const item of items) {
    const full = filling.add(item);
    if (full) yield full;
  }
  yield filling.end();
}

/** `chunksOf` for a stream; holds one chunk and one item. */
export async function* chunked<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limits: ChunkLimits = {},
): AsyncGenerator<Chunk<T>> {
  const filling = new Filling<T>(limits);
  for await (const item of items) {
    const full = filling.add(item);
    if (full) yield full;
  }
  yield filling.end();
}
