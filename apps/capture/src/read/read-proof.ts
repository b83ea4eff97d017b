import type { CollectionNow, ReadProof } from '@collection-sync/core';

/** What one pass over a collection showed. */
export interface Pass {
  readonly before: CollectionNow | undefined;
  readonly after: CollectionNow | undefined;
  readonly pages: number;
  readonly rows: number;
  readonly distinct: number;
  /** the rows came with their keys, in the order of these */
  readonly ordered: boolean;
  /** rows that could not be understood or stored, and the first of them */
  readonly leftOut: number;
  readonly example?: string;
  /** why the pass ended early, if it did */
  readonly broken?: string;
}

/** Why a pass does not prove that it saw every member; undefined when it does. */
export const incompleteReason = (pass: Pass): string | undefined => {
  const { before, after, rows, distinct } = pass;
  if (pass.broken !== undefined) return `not every page arrived: ${pass.broken}`;
  if (!before || !after) return 'the site does not show the collection';
  if (after.type === 'other')
    return 'the collection holds neither devices nor users, and cannot be synchronised to a group';
  if (pass.leftOut > 0) return leftOutReason(pass.leftOut, 'members', pass.example);
  if (!pass.ordered) return 'the site sent rows out of order';
  if (rows !== distinct) return `the site named members twice: ${rows} rows, ${distinct} members`;
  if (after.count === null) return 'the site states no member count';
  if (after.count !== distinct) return `the site states ${after.count} members and shows ${distinct}`;
  return undefined;
};

/** What is left out, for operators. */
export const leftOutReason = (rows: number, what: string, example: string | undefined): string =>
  `left out, since they cannot be understood: ${rows} of the site's ${what}${example ? `, such as ${example}` : ''}`;

/** Whether the site worked on the collection while it was read: then a missing row may be one that moved. */
export const evaluatedMeanwhile = ({ before, after }: Pass): boolean =>
  !before ||
  !after ||
  before.evaluating ||
  after.evaluating ||
  before.count !== after.count ||
  before.changedAt?.getTime() !== after.changedAt?.getTime();

/** Clocks within a site agree within seconds, and its times are of whole seconds. */
const SETTLES_AFTER_MS = 5_000;

/**
 * Whether the time that the site stated before the read can still stand for another change: one in the same second, which only the count
 * would set apart from the first.
 */
export const timeMayStay = ({ changedAt, sourceTime }: CollectionNow): boolean =>
  changedAt !== null && (sourceTime === null || sourceTime.getTime() - changedAt.getTime() < SETTLES_AFTER_MS);

export const proofOf = (
  pass: Pass,
  more: { at: Date; durationMs: number; leaversConfirmed: number; why: string | undefined },
): ReadProof => ({
  verdict: more.why === undefined ? 'complete' : pass.rows > 0 ? 'partial' : 'unknown',
  at: more.at.toISOString(),
  durationMs: more.durationMs,
  rows: pass.rows,
  distinct: pass.distinct,
  stated: pass.after?.count ?? null,
  pages: pass.pages,
  evaluatedMeanwhile: evaluatedMeanwhile(pass),
  leaversConfirmed: more.leaversConfirmed,
  ...(more.why === undefined ? {} : { why: more.why }),
});
