import type { Kind } from '../mirror/kinds.js';

export type Phase = 'pass' | 'sweep' | 'delta';

export interface FeedRow {
  readonly tenant: string;
  readonly kind: Kind;
  readonly phase: Phase;
  readonly link: string | null;
  readonly selected: string;
  readonly pass: number;
  /** the last full pass that was not believed, and why; null when a later one was */
  readonly doubtedPass: number | null;
  readonly doubt: string | null;
  readonly feedNo: number;
  readonly ready: boolean;
  readonly readySince: Date | null;
  readonly done: number;
  readonly objects: number;
  readonly checkedAt: Date | null;
  /** how long it has failed without a break, by the clock of the database; null while it works */
  readonly failingMs: number | null;
  readonly code: string | null;
  readonly reason: string | null;
}

export const FEED_COLUMNS = `tenant, kind, phase, link, selected, pass, doubted_pass as "doubtedPass", doubt, feed_no as "feedNo", ready, ready_since as "readySince", done, objects,
  checked_at as "checkedAt", (extract(epoch from now() - failed_since) * 1000)::float8 as "failingMs", code, reason`;
