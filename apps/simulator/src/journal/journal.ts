import type { Note } from '../http/answer.js';

export interface JournalEntry extends Note {
  /** Grows by one with every request and every part of a batch. */
  n: number;
  /** Simulated time of arrival. */
  at: string;
  face: 'graph' | 'adminservice' | 'oauth';
  method: string;
  url: string;
  status: number;
  code?: string;
  /** Who asked: application id or principal. */
  by?: string;
  /** Wall-clock milliseconds until the answer was ready. */
  ms: number;
  /** For a part: the number of its batch and the part's id. */
  batch?: number;
  part?: string;
}

/** Every request with its outcome, the newest kept; the totals count all of them. */
export class Journal {
  #entries: JournalEntry[] = [];
  #next = 1;
  #totals = new Map<string, number>();
  readonly #alarms: JournalEntry[] = [];

  constructor(private readonly limit = 50_000) {}

  nextNumber(): number {
    const n = this.#next;
    this.#next += 1;
    return n;
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.limit * 1.25) this.#entries = this.#entries.slice(-this.limit);
    if (entry.alarm) this.#alarms.push(entry);
    const key = `${entry.face} ${entry.method} ${shape(entry.url)} ${entry.status}`;
    this.#totals.set(key, (this.#totals.get(key) ?? 0) + 1);
  }

  /** Kept entries with `n` greater than `after`, oldest first. */
  entries(after = 0): JournalEntry[] {
    return this.#entries.filter((entry) => entry.n > after);
  }

  /** Requests that must never happen, such as a DELETE that lost its `/$ref`. */
  alarms(): JournalEntry[] {
    return [...this.#alarms];
  }

  /** Number of requests by face, method, path shape and status. */
  totals(): Record<string, number> {
    return Object.fromEntries([...this.#totals].sort());
  }

  clear(): void {
    this.#entries = [];
    this.#totals.clear();
    this.#alarms.length = 0;
  }
}

function shape(url: string): string {
  return url
    .replace(/\?.*$/, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}')
    .replaceAll(/\('?[^)]*'?\)/g, '(…)')
    .replace(/\/users\/(?!delta)[^/]+/, '/users/{id}');
}
