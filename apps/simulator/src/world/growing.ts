/** A byte per row that grows as rows are written. */
export class ByteColumn {
  #bytes = new Uint8Array(64);

  get(row: number): number {
    return this.#bytes[row] ?? 0;
  }

  set(row: number, value: number): void {
    this.reserve(row + 1);
    this.#bytes[row] = value;
  }

  flag(row: number, mask: number): boolean {
    return (this.get(row) & mask) !== 0;
  }

  setFlag(row: number, mask: number, on: boolean): void {
    this.set(row, on ? this.get(row) | mask : this.get(row) & ~mask);
  }

  reserve(rows: number): void {
    if (rows <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(rows, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
