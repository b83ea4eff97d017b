/** What may be tuned; the defaults are what production uses. */
export interface ResolverSettings {
  /** how often Graph is asked for changes */
  readonly feedEveryMs: number;
  /** how often an unchanged state of a tenant is told again */
  readonly tellEveryMs: number;
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
  tellEveryMs: 60_000,
  unavailableAfterMs: 60_000,
  lockMs: 30_000,
  pageDeadlineMs: 30_000,
  // https://learn.microsoft.com/entra/fundamentals/users-restore
  rememberDeletedDays: 30,
};
