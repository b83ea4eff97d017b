/** Texts by row: given ones are kept, all others are computed, so that a million names cost nothing. */
export class TextColumn {
  readonly #given = new Map<number, string>();
  readonly #rows = new Map<string, number>();
  #generate: ((row: number) => string | undefined) | undefined;
  #parse: ((text: string) => number | undefined) | undefined;

  /** `parse` is the inverse of `generate`: it names the row of a lower-case text. */
  generateWith(generate: (row: number) => string | undefined, parse: (text: string) => number | undefined): void {
    this.#generate = generate;
    this.#parse = parse;
  }

  get(row: number): string | undefined {
    return this.#given.get(row) ?? this.#generate?.(row);
  }

  set(row: number, text: string): void {
    this.delete(row);
    this.#given.set(row, text);
    this.#rows.set(text.toLowerCase(), row);
  }

  delete(row: number): void {
    const old = this.#given.get(row);
    if (old === undefined) return;
    this.#given.delete(row);
    if (this.#rows.get(old.toLowerCase()) === row) this.#rows.delete(old.toLowerCase());
  }

  /** The row with this text (without case); with several, the one given last. */
  find(text: string): number | undefined {
    const key = text.toLowerCase();
    const row = this.#rows.get(key);
    if (row !== undefined) return row;
    const parsed = this.#parse?.(key);
    return parsed !== undefined && this.get(parsed)?.toLowerCase() === key ? parsed : undefined;
  }
}
