import { env, Part } from '@collection-sync/core';
import { z } from 'zod';

/** What may be tuned; the defaults are what production uses. */
export interface ResolverSettings {
  /** how often Graph is asked for changes */
  readonly feedEveryMs: number;
  /** how often an unchanged state of a tenant is reported again */
  readonly reportEveryMs: number;
  /** a mirror that was ready stays so when Graph fails for less than this */
  readonly unavailableAfterMs: number;
  /** time of the lock by which one replica feeds a mirror */
  readonly lockMs: number;
  /** how long one page may take */
  readonly pageDeadlineMs: number;
  /** deleted objects are remembered for as long as Entra ID can restore them */
  readonly rememberDeletedDays: number;
  /** named points for fault tests */
  readonly onPoint?: (name: ResolverPoint) => void | Promise<void>;
}

export type ResolverPoint =
  'resolver.page-read' | 'resolver.page-stored' | 'resolver.pass-finished' | 'resolver.resolved' | 'resolver.forwarded';

export const DEFAULT_SETTINGS: ResolverSettings = {
  feedEveryMs: 30_000,
  reportEveryMs: 60_000,
  unavailableAfterMs: 60_000,
  lockMs: 30_000,
  pageDeadlineMs: 30_000,
  // https://learn.microsoft.com/entra/fundamentals/users-restore
  rememberDeletedDays: 30,
};

export const settings = Part.define({
  environment: z.object({
    DIRECTORY_POLL_SECONDS: env.seconds().prefault('30').describe('how often Microsoft Graph is asked for changes'),
  }),
  make: ({ environment }): ResolverSettings => ({
    ...DEFAULT_SETTINGS,
    feedEveryMs: environment.DIRECTORY_POLL_SECONDS,
  }),
});
