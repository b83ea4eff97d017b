import { formatGuid, parseGuid, type GuidWords } from './guid.js';

const EMPTY = -1;
const GONE = -2;

/** GUIDs by row number in 16 bytes each, with an optional hash index for the way back. */
export class GuidTable {
  #words = new Uint32Array(0);
  #slots: Int32Array | undefined;
  #used = 0;

  constructor(indexed: boolean, capacity = 64) {
    this.#words = new Uint32Array(capacity * 4);
    if (indexed) this.#slots = new Int32Array(slotsFor(capacity)).fill(EMPTY);
  }

  set(row: number, guid: string | GuidWords): void {
    const words = typeof guid === 'string' ? parseGuid(guid) : guid;
    if (!words) throw new Error(`Not a GUID: ${String(guid)}`);
    this.#reserve(row + 1);
    if (this.has(row)) this.clear(row);
    this.#words.set(words, row * 4);
    if (this.#slots) this.#insert(row);
  }

  has(row: number): boolean {
    const at = row * 4;
    const w = this.#words;
    return at < w.length && (w[at]! | w[at + 1]! | w[at + 2]! | w[at + 3]!) !== 0;
  }

  get(row: number): string | undefined {
    if (!this.has(row)) return undefined;
    const at = row * 4;
    const w = this.#words;
    return formatGuid(w[at]!, w[at + 1]!, w[at + 2]!, w[at + 3]!);
  }

  clear(row: number): void {
    if (!this.has(row)) return;
    if (this.#slots) {
      const slot = this.#slotOf(this.#row(row));
      if (slot >= 0 && this.#slots[slot] === row) this.#slots[slot] = GONE;
    }
    this.#words.fill(0, row * 4, row * 4 + 4);
  }

  /** The row that has this GUID, or -1. */
  find(guid: string): number {
    const words = parseGuid(guid);
    if (!words || !this.#slots) return -1;
    const slot = this.#slotOf(words);
    return slot < 0 ? -1 : this.#slots[slot]!;
  }

  #row(row: number): GuidWords {
    const at = row * 4;
    const w = this.#words;
    return [w[at]!, w[at + 1]!, w[at + 2]!, w[at + 3]!];
  }

  #slotOf(words: GuidWords): number {
    const slots = this.#slots!;
    const mask = slots.length - 1;
    const w = this.#words;
    for (let slot = hash(words) & mask; slots[slot] !== EMPTY; slot = (slot + 1) & mask) {
      const row = slots[slot]!;
      if (row === GONE) continue;
      const at = row * 4;
      if (w[at] === words[0] && w[at + 1] === words[1] && w[at + 2] === words[2] && w[at + 3] === words[3]) return slot;
    }
    return -1;
  }

  #insert(row: number): void {
    const slots = this.#slots!;
    const mask = slots.length - 1;
    let slot = hash(this.#row(row)) & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    if (slots[slot] === EMPTY) this.#used += 1;
    slots[slot] = row;
    if (this.#used * 2 > slots.length) this.#rehash(slots.length * 2);
  }

  #rehash(size: number): void {
    const old = this.#slots!;
    this.#slots = new Int32Array(size).fill(EMPTY);
    this.#used = 0;
    for (const row of old) if (row >= 0) this.#insert(row);
  }

  #reserve(rows: number): void {
    if (rows * 4 <= this.#words.length) return;
    const grown = new Uint32Array(Math.max(rows, (this.#words.length / 4) * 2) * 4);
    grown.set(this.#words);
    this.#words = grown;
  }
}

function hash(words: GuidWords): number {
  return (
    (Math.imul(words[0], 31) ^ Math.imul(words[1], 17) ^ Math.imul(words[2], 13) ^ Math.imul(words[3], 0x9e3779b1)) >>>
    0
  );
}

function slotsFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, rows * 2 + 2)));
}
