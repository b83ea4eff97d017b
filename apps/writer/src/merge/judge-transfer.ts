import type { Target } from '../store/targets.js';
import type { Transfer } from '../store/transfers.js';

/**
 * - `merge`: it fits on what was merged last
 * - `known`: it was merged already and changes nothing
 * - `missing`: something between is missing
 * - `drop`: it is of an older `activated`, or nobody wants it any more
 */
export type TransferVerdict = 'merge' | 'known' | 'missing' | 'drop';

type MergeState = Pick<Target, 'state' | 'collection' | 'activated' | 'merged'>;
type Content = Pick<Transfer, 'content' | 'collection' | 'activated' | 'from' | 'to'>;

/** A delta fits only on the version that it begins from; a complete fits on everything that is not newer than itself. */
export const judgeTransfer = (target: MergeState, transfer: Content): TransferVerdict => {
  const current = target.state === 'active' || target.state === 'paused';
  if (!current || transfer.activated !== target.activated || transfer.collection !== target.collection) return 'drop';
  if (transfer.content === 'complete') return transfer.to >= target.merged ? 'merge' : 'missing';
  if (target.merged === 0) return 'missing';
  if (transfer.to === target.merged) return 'known';
  return transfer.from === target.merged ? 'merge' : 'missing';
};
