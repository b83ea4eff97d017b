import { lastingWords } from './describe-error.js';
import { VERSION } from './version.js';

/** `waiting`: something outside is away and is tried again. `down`: this process cannot go on and must be replaced. */
export type PartState = 'ok' | 'waiting' | 'down';

export interface PartHealth {
  readonly state: PartState;
  /** what is wrong and what to do, in a sentence */
  readonly detail?: string;
  /** ISO time at which the state began */
  readonly since: string;
  /** ISO time at which it was last seen to work */
  readonly lastSuccess?: string;
}

export interface HealthReport {
  readonly version: string;
  readonly live: boolean;
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, PartHealth>>;
}

const SERVICE = 'service';

/** What works and what does not. Parts are named for what they do: `database`, `bus`, a loop. */
export class Health {
  readonly #parts = new Map<string, PartHealth>();

  /** @param part.since, part.lastSuccess where they are known from elsewhere; else from what was set before */
  set(name: string, part: { state: PartState; detail?: string; since?: string; lastSuccess?: string }): void {
    const before = this.#parts.get(name);
    const now = new Date().toISOString();
    const since = part.since ?? (before?.state === part.state ? before.since : now);
    const lastSuccess = part.lastSuccess ?? (part.state === 'ok' ? now : before?.lastSuccess);
    this.#parts.set(name, {
      state: part.state,
      ...(part.detail === undefined ? {} : { detail: part.detail }),
      since,
      ...(lastSuccess === undefined ? {} : { lastSuccess }),
    });
  }

  remove(name: string): void {
    this.#parts.delete(name);
  }

  /** Whether a part waits for this reason already. */
  isWaitedFor(detail: string): boolean {
    const words = lastingWords(detail);
    return [...this.#parts.values()].some(
      ({ state, detail: known }) => state !== 'ok' && known !== undefined && lastingWords(known) === words,
    );
  }

  /** The service itself: waiting while it starts, ok when everything was started. */
  starting(detail: string): void {
    this.set(SERVICE, { state: 'waiting', detail });
  }

  started(): void {
    this.set(SERVICE, { state: 'ok' });
  }

  /** False when the process should be replaced. */
  live(): boolean {
    return [...this.#parts.values()].every(({ state }) => state !== 'down');
  }

  /** Started, and alive. A part that waits does not make it unready: the API must be able to say what it waits for. */
  ready(): boolean {
    return this.live() && this.#parts.get(SERVICE)?.state === 'ok';
  }

  report(): HealthReport {
    return { version: VERSION, live: this.live(), ready: this.ready(), parts: Object.fromEntries(this.#parts) };
  }
}
