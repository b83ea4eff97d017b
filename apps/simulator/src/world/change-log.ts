/** What a delta reader may have asked to hear about. */
export const CHANGED = { created: 1, deleted: 2, name: 4, enabled: 8, identity: 16, members: 32, other: 64 } as const;

/** The directory's changes by sequence number; what was there from the start has none. */
export class ChangeLog {
  readonly #rows: number[] = [];
  readonly #what: number[] = [];
  readonly #at: number[] = [];
  readonly #links: ({ object: number; added: boolean } | undefined)[] = [];

  get sequence(): number {
    return this.#rows.length;
  }

  append(row: number, what: number, at: number, link?: { object: number; added: boolean }): void {
    this.#rows.push(row);
    this.#what.push(what);
    this.#at.push(at);
    this.#links.push(link);
  }

  /** The number of changes that were made at or before a moment. */
  sequenceAt(moment: number): number {
    let n = this.#at.length;
    while (n > 0 && this.#at[n - 1]! > moment) n -= 1;
    return n;
  }

  /** The changes with `from` < number ≤ `to`, merged per row, in order of each row's first change. */
  between(from: number, to: number): { row: number; what: number }[] {
    const merged = new Map<number, number>();
    for (let i = from; i < Math.min(to, this.#rows.length); i += 1) {
      const row = this.#rows[i]!;
      merged.set(row, (merged.get(row) ?? 0) | this.#what[i]!);
    }
    return [...merged].map(([row, what]) => ({ row, what }));
  }

  /** The last link change per member of one group with `from` < number ≤ `to`. */
  linksBetween(group: number, from: number, to: number): { object: number; added: boolean }[] {
    const last = new Map<number, boolean>();
    for (let i = from; i < Math.min(to, this.#rows.length); i += 1) {
      const link = this.#rows[i] === group ? this.#links[i] : undefined;
      if (link) {
        last.delete(link.object);
        last.set(link.object, link.added);
      }
    }
    return [...last].map(([object, added]) => ({ object, added }));
  }
}
