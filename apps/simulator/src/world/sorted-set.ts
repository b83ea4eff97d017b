/** Distinct 32-bit numbers in ascending order, 4 bytes each: members of a collection or a group. */
export class SortedSet {
  #values: Uint32Array;
  #size = 0;

  constructor(capacity = 8) {
    this.#values = new Uint32Array(capacity);
  }

  static of(values: Iterable<number>): SortedSet {
    const set = new SortedSet();
    set.addAll(values);
    return set;
  }

  /** Takes over an array that is already sorted and distinct. */
  static fromSorted(values: Uint32Array): SortedSet {
    const set = new SortedSet(0);
    set.#values = values;
    set.#size = values.length;
    return set;
  }

  get size(): number {
    return this.#size;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  /** The index of the first value greater than `value`. */
  indexAfter(value: number): number {
    let lo = 0;
    let hi = this.#size;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (this.#values[mid]! <= value) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }

  has(value: number): boolean {
    const at = this.indexAfter(value) - 1;
    return at >= 0 && this.#values[at] === value;
  }

  add(value: number): boolean {
    const at = this.indexAfter(value);
    if (at > 0 && this.#values[at - 1] === value) return false;
    if (this.#size === this.#values.length) {
      const grown = new Uint32Array(Math.max(8, this.#size * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values.copyWithin(at + 1, at, this.#size);
    this.#values[at] = value;
    this.#size += 1;
    return true;
  }

  delete(value: number): boolean {
    const at = this.indexAfter(value) - 1;
    if (at < 0 || this.#values[at] !== value) return false;
    this.#values.copyWithin(at, at + 1, this.#size);
    this.#size -= 1;
    return true;
  }

  /** Adds many at once by one merge. */
  addAll(values: Iterable<number>): void {
    const incoming = Uint32Array.from(values).sort();
    if (incoming.length === 0) return;
    const merged = new Uint32Array(this.#size + incoming.length);
    let i = 0;
    let j = 0;
    let n = 0;
    while (i < this.#size || j < incoming.length) {
      const a = i < this.#size ? this.#values[i]! : Number.POSITIVE_INFINITY;
      const b = j < incoming.length ? incoming[j]! : Number.POSITIVE_INFINITY;
      const value = Math.min(a, b);
      if (a <= b) i += 1;
      if (b <= a) j += 1;
      if (n === 0 || merged[n - 1] !== value) {
        merged[n] = value;
        n += 1;
      }
    }
    this.#values = merged;
    this.#size = n;
  }

  copy(): SortedSet {
    return SortedSet.fromSorted(this.#values.slice(0, this.#size));
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.#size; i += 1) yield this.#values[i]!;
  }
}
