import { z } from 'zod';
import { guardVerdict } from '../guard.js';
import { collectionId, guid, targetId, version } from '../vocabulary.js';
import { transferMode } from './membership-delta.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';

export const runKind = z.enum(['full', 'incremental']);
export type RunKind = z.infer<typeof runKind>;

/** What a history has: runs, and comparisons, which write nothing. */
export const historyKind = z.enum([...runKind.options, 'compare']);
export type HistoryKind = z.infer<typeof historyKind>;

/** What may become of one object's change of desired state; planned + joined = the sum of these, or the run says so. */
export const outcomeKind = z.enum([
  'applied',
  'removed',
  'failed',
  'held',
  'superseded',
  'unanswered',
  'notNeeded',
  'stopped',
]);
export type OutcomeKind = z.infer<typeof outcomeKind>;

const outcomes = z.number().int().nonnegative().default(0);
export const runCounts = z.object({
  planned: z.number().int().nonnegative(),
  joined: z.number().int().nonnegative(),
  /** an object, not a record: a kind that another release knows is 0 here, and ignored there */
  outcomes: z.object({
    applied: outcomes,
    removed: outcomes,
    failed: outcomes,
    held: outcomes,
    superseded: outcomes,
    unanswered: outcomes,
    notNeeded: outcomes,
    stopped: outcomes,
  } satisfies Record<OutcomeKind, z.ZodType>),
  /** requests that reached Graph, and write units among them */
  requests: z.number().int().nonnegative(),
  writes: z.number().int().nonnegative(),
  throttled: z.number().int().nonnegative(),
  /** planned + joined - outcomes, told at the end of a run: anything but 0 is a defect */
  unaccounted: z.number().int().optional(),
});
export type RunCounts = z.infer<typeof runCounts>;

export const MAX_DIFFERENCES = 100;
const groupDifference = z.object({
  difference: z.enum(['missing', 'unmanaged']),
  object: guid,
  name: freeText(NAME),
  objectType: freeText(CODE).optional(),
});

/** What a full run or a comparison found when it compared the ledger with the group. */
export const groupComparison = z.object({
  /** whether the group was listed, or its copy and Graph's count agreed with the ledger */
  by: z.enum(['listing', 'copy']).optional(),
  /** members that Graph lists */
  listed: z.number().int().nonnegative(),
  /** the unmanaged ones among them, by their type in the directory */
  unmanaged: z.array(z.object({ objectType: freeText(CODE), members: z.number().int().positive() })),
  /** members that Graph counts and does not list; absent where it did not count them */
  unseen: z.number().int().nonnegative().optional(),
  /** what Graph refused to tell, and so was not compared */
  refused: freeText(SENTENCES).optional(),
  /** of a comparison: members by the ledger that Graph does not list */
  missing: z.number().int().nonnegative().optional(),
  /** of a comparison: the first of the missing and the unmanaged members */
  differences: z.array(groupDifference).max(MAX_DIFFERENCES).optional(),
});
export type GroupComparison = z.infer<typeof groupComparison>;

/** What others changed in a group since it was last made equal, as a delta of Graph tells. */
export const drift = z.object({
  /** members that neither this product put there nor a full run found */
  unmanaged: z.number().int().nonnegative(),
  /** members that were there, are wanted, and have left */
  missing: z.number().int().nonnegative(),
  asOf: z.iso.datetime(),
});
export type Drift = z.infer<typeof drift>;

const common = {
  target: targetId,
  collection: collectionId,
  activated: version,
  at: z.iso.datetime(),
  /** per target and producer */
  sequence: version,
};
const ofRun = { ...common, run: z.uuid(), kind: historyKind };
const failure = { code: freeText(CODE), message: freeText(SENTENCES), advice: freeText(SENTENCES) };

/** Beside runs: merging content, adopting mappings, deleting, letting plans expire. */
export const writerWork = z.enum(['merge', 'mapping', 'deletion', 'plans']);
export type WriterWork = z.infer<typeof writerWork>;

/** The story of a target. Key: target. capture, writer → status, capture. */
export const runEvent = z.discriminatedUnion('event', [
  /** capture: a command or a full could not be served yet */
  z.object({
    ...common,
    producer: z.literal('capture'),
    event: z.literal('capture-failed'),
    ...failure,
    reason: freeText(CODE).optional(),
  }),
  /** capture: an incremental command found nothing to do */
  z.object({
    ...common,
    producer: z.literal('capture'),
    event: z.literal('nothing-to-do'),
    command: z.uuid(),
    version,
  }),
  /** writer: content was merged, or found already merged */
  z.object({
    ...common,
    producer: z.literal('writer'),
    event: z.literal('merged'),
    transfer: z.uuid(),
    mode: transferMode,
    content: z.enum(['delta', 'complete']),
    reason: freeText(CODE).optional(),
    version,
    /** what was merged before: less than was told before shows that the writer's database was restored */
    previous: version.optional(),
    pending: z.number().int().nonnegative(),
    readAt: z.iso.datetime(),
    /** how far the removals of this content were from the limits, if there were any */
    guard: guardVerdict.optional(),
  }),
  /** writer: a delta does not fit; `version` is what was merged last (0 for nothing) */
  z.object({
    ...common,
    producer: z.literal('writer'),
    event: z.literal('content-missing'),
    transfer: z.uuid(),
    version,
  }),
  /**
   * writer, at its start, every hour and when others changed the group: what was merged last (0 for nothing), which shows that a database was
   * restored, and what others changed
   */
  z.object({
    ...common,
    producer: z.literal('writer'),
    event: z.literal('ledger-version'),
    version,
    drift: drift.optional(),
  }),
  z.object({
    ...ofRun,
    producer: z.literal('writer'),
    event: z.literal('started'),
    trigger: freeText(CODE),
    epoch: version,
  }),
  /** what the run is going to do; told again when more joins */
  z.object({
    ...ofRun,
    producer: z.literal('writer'),
    event: z.literal('planned'),
    adds: z.number().int().nonnegative(),
    removes: z.number().int().nonnegative(),
    guard: guardVerdict.optional(),
    comparison: groupComparison.optional(),
  }),
  /** progress, at most once a second */
  z.object({ ...ofRun, producer: z.literal('writer'), event: z.literal('progress'), counts: runCounts }),
  z.object({
    ...common,
    producer: z.literal('writer'),
    event: z.literal('held'),
    run: z.uuid().optional(),
    plan: z.uuid(),
    removals: z.number().int().positive(),
    guard: guardVerdict,
    expiresAt: z.iso.datetime(),
  }),
  z.object({
    ...common,
    producer: z.literal('writer'),
    event: z.literal('plan-closed'),
    plan: z.uuid(),
    state: z.enum(['approved', 'rejected', 'expired', 'emptied']),
    /** of `rejected`: its members stay for good */
    kept: z.boolean().optional(),
    by: freeText(NAME).optional(),
  }),
  z.object({
    ...ofRun,
    producer: z.literal('writer'),
    event: z.literal('completed'),
    startedAt: z.iso.datetime(),
    counts: runCounts,
    members: z.number().int().nonnegative().optional(),
  }),
  z.object({
    ...ofRun,
    producer: z.literal('writer'),
    event: z.literal('failed'),
    startedAt: z.iso.datetime(),
    counts: runCounts,
    ...failure,
  }),
  z.object({
    ...ofRun,
    producer: z.literal('writer'),
    event: z.literal('cancelled'),
    startedAt: z.iso.datetime(),
    counts: runCounts,
    why: freeText(SENTENCES),
  }),
  /** writer: what it does for this target beside runs fails for no reason outside; it is tried again */
  z.object({ ...common, producer: z.literal('writer'), event: z.literal('work-failed'), work: writerWork, ...failure }),
  /** writer: what had failed was done */
  z.object({ ...common, producer: z.literal('writer'), event: z.literal('work-resumed'), work: writerWork }),
  /** writer: nothing of a deleted mapping is left to do */
  z.object({ ...common, producer: z.literal('writer'), event: z.literal('released') }),
  /** a command was acted on, or refused (an approval for another plan, nothing to cancel, …) */
  z.object({
    ...common,
    producer: z.enum(['capture', 'writer']),
    event: z.literal('command-answered'),
    command: z.uuid(),
    accepted: z.boolean(),
    message: freeText(SENTENCES),
  }),
]);
export type RunEvent = z.infer<typeof runEvent>;
