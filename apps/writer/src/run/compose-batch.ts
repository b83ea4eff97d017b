import {
  BATCH_ADDS,
  BATCH_PARTS,
  BATCH_REMOVES,
  BINDS_PER_PATCH,
  PATCHES_PER_BATCH,
  split,
  type Cost,
  type Operation,
  slicesOf,
} from '@collection-sync/core';
import type { PendingEntry } from '../store/pending.js';

/** What one batch can use of each kind at most. */
export const BATCH_LIMITS = { adds: BATCH_ADDS, singles: BATCH_PARTS, removes: BATCH_REMOVES };

/**
 * The next batch for one group: PATCHes of entries that may go together, then single adds and removals in turn, so that neither starves
 * the other. What does not fit stays for the next one.
 */
export const composeBatch = (entries: readonly PendingEntry[]): Operation[] => {
  const patches = patchesOf(entries.filter(({ wanted, maxPatchSize }) => wanted && maxPatchSize > 1)).slice(
    0,
    PATCHES_PER_BATCH,
  );
  const posts = entries
    .filter(({ wanted, maxPatchSize }) => wanted && maxPatchSize <= 1)
    .map((entry) => single('post', entry));
  const deletes = entries.filter(({ wanted }) => !wanted).map((entry) => single('delete', entry));
  return [...patches, ...inTurn(posts, deletes)].slice(0, BATCH_PARTS);
};

/** Entries of the same size limit share PATCHes; a lone one is asked by POST, whose answer says more. */
const patchesOf = (adds: readonly PendingEntry[]): Operation[] => {
  const operations: Operation[] = [];
  for (const maxPatchSize of [...new Set(adds.map((add) => Math.min(add.maxPatchSize, BINDS_PER_PATCH)))].sort(
    (a, b) => b - a,
  )) {
    const alike = adds
      .filter((add) => Math.min(add.maxPatchSize, BINDS_PER_PATCH) === maxPatchSize)
      .map(({ object }) => object);
    operations.push(...[...slicesOf(alike, maxPatchSize)].map(together));
  }
  return operations;
};

const together = (objects: readonly string[]): Operation => {
  const [first, second] = objects;
  return first !== undefined && second === undefined ? { kind: 'post', objects: [first] } : { kind: 'patch', objects };
};

const single = (kind: 'post' | 'delete', { object }: PendingEntry): Operation => ({ kind, objects: [object] });

const inTurn = <T>(some: readonly T[], others: readonly T[]): T[] =>
  Array.from({ length: Math.max(some.length, others.length) }, (_, at) => [some[at], others[at]])
    .flat()
    .filter((one) => one !== undefined);

/** How many of a refused PATCH of this size may go together next time. */
export const maxPatchSizeAfterSplit = (size: number): number =>
  Math.max(1, ...split(Array.from({ length: size }, (_, at) => String(at))).map(({ objects }) => objects.length));

/**
 * What a batch is booked with: a write unit per part, a PATCH by its size and the weight that Graph has shown; a resource unit per part.
 * https://learn.microsoft.com/graph/throttling-limits
 */
export const costOf = (operations: readonly Operation[], patchWeight: number): Cost => ({
  writes: operations.reduce((sum, operation) => sum + writesOf(operation, patchWeight), 0),
  units: operations.length,
});

const writesOf = ({ kind, objects }: Operation, patchWeight: number): number =>
  kind === 'patch' ? Math.max(1, (patchWeight * objects.length) / BINDS_PER_PATCH) : 1;
