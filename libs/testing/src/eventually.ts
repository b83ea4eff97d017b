import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Milliseconds after which it gives up: ten times what a busy machine needs; 60,000 by default. */
  deadline?: number;
  /** Milliseconds between two looks; 50 by default. */
  interval?: number;
  /** What is awaited, for the message: "waited 15 s for …". */
  what?: string;
}

/**
 * Looks again and again until `look` returns something other than false, null or undefined, and returns that.
 * A look that throws (a failed `expect`, too) counts as "not yet"; after the deadline its error is the cause of ours.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  { deadline = 60_000, interval = 50, what = 'a condition' }: EventuallyOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + deadline;
  for (;;) {
    let failure: unknown;
    try {
      const seen = await look();
      if (seen !== false && seen !== null && seen !== undefined) return seen as Exclude<T, false | null | undefined>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= end) throw notInTime(deadline, what, failure);
    await delay(interval);
  }
}

function notInTime(deadline: number, what: string, cause: unknown): Error {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new Error(`waited ${deadline / 1000} s for ${what}${reason}`, { cause });
}
