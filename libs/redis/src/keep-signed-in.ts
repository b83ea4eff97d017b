import { backoffMs, type AccessToken } from '@collection-sync/core';
import { setTimeout } from 'node:timers/promises';

/** Entra wants the next token three minutes before the last one ends: https://learn.microsoft.com/azure/redis/entra-for-authentication */
export const AHEAD_MS = 4 * 60_000;
const LEAST_MS = 1_000;

interface SignIn {
  readonly next: () => Promise<AccessToken>;
  /** Signs in with a token, what is connected already too. */
  readonly use: (token: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Signs in with one token after the other, each in time before the last one ends. Resolves when the signal is aborted. */
export const keepSignedIn = async ({ next, use, failed, signal }: SignIn): Promise<void> => {
  for (let failures = 0; !signal.aborted;) {
    let waitMs: number;
    try {
      const { token, expiresOnTimestamp } = await next();
      if (signal.aborted) return;
      await use(token);
      failures = 0;
      waitMs = Math.max(LEAST_MS, expiresOnTimestamp - Date.now() - AHEAD_MS);
    } catch (error) {
      failed(error);
      failures += 1;
      waitMs = backoffMs({ firstMs: LEAST_MS, maxMs: 30_000 }, failures);
    }
    await setTimeout(waitMs, undefined, { ref: false, signal }).catch(() => undefined);
  }
};
