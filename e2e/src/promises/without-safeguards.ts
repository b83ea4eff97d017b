import { frozenWritersDoNotWrite } from './02-runs-never-overlap.js';
import { anEmptiedCollectionIsHeld, hiddenMembersStay } from './03-unknown-is-never-empty.js';
import { lostContentIsNoticed, whatWasAskedForIsKept } from './04-kafka-fails.js';
import { WITHOUT_LIMITS } from './estate.js';
import type { PromiseOptions, Proof } from './prove.js';

interface Without {
  readonly safeguard: string;
  /** the promise on a composition without it, which must then not hold */
  readonly run: (options: PromiseOptions) => Promise<Proof>;
}

/** Each safeguard left out once, so that the promise that rests on it is seen failing. */
export const WITHOUT: readonly Without[] = [
  {
    safeguard: 'the lease',
    run: (options) => {
      const without = { without: 'lease' } as const;
      return options.cluster.instead('writer', [without, without], () => frozenWritersDoNotWrite(options));
    },
  },
  {
    safeguard: 'the proof that a read is complete',
    run: (options) =>
      options.cluster.instead('capture', [{ without: 'completeness' }], () => hiddenMembersStay(options)),
  },
  { safeguard: 'the guard', run: (options) => anEmptiedCollectionIsHeld(options, WITHOUT_LIMITS) },
  {
    safeguard: 'the versions of deltas',
    run: (options) =>
      options.cluster.instead('resolver', [{ without: 'versions' }], () => lostContentIsNoticed(options)),
  },
  {
    safeguard: 'the outbox',
    run: (options) => options.cluster.instead('status', [{ without: 'outbox' }], () => whatWasAskedForIsKept(options)),
  },
];
