import { frozenWritersDoNotWrite } from './02-runs-never-overlap.js';
import { anEmptiedCollectionIsHeld, hiddenMembersStay } from './03-unknown-is-never-empty.js';
import { lostContentIsNoticed, requestsAreKept } from './04-kafka-fails.js';
import { unconfirmedAddsAreNoMembers } from './11-unconfirmed-adds.js';
import { theSwitchStopsDeletions } from './12-deletions-stop.js';
import { mergesLeaveRunsAlone } from './13-a-large-merge.js';
import { WITHOUT_LIMITS } from './fixture.js';
import type { PromiseOptions, Proof } from './prove.js';

interface Without {
  readonly safeguard: string;
  /** the promise on a composition without it, which must then not hold */
  readonly run: (options: PromiseOptions) => Promise<Proof>;
  /** it fails in the way that the safeguard prevents, not in any other */
  readonly seen: (proof: Proof) => boolean;
}

const membersAreWrong = ({ lost }: Proof): boolean => lost > 0;
const says =
  (beginning: string) =>
  ({ wrong }: Proof): boolean =>
    wrong.some((line) => line.startsWith(beginning));
const HOUR_MS = 3_600_000;
/** With the safeguard, members are there in less than half of it. */
const timeoutMs = 30_000;

/** Each safeguard left out once, so that the promise that rests on it is seen failing. */
export const WITHOUT: readonly Without[] = [
  {
    safeguard: 'the lease',
    run: (options) => {
      const without = { without: 'lease' } as const;
      return options.cluster.instead('writer', [without, without], () => frozenWritersDoNotWrite(options));
    },
    seen: says('a frozen writer wrote late'),
  },
  {
    safeguard: 'a renewal that waits for nobody',
    run: (options) =>
      options.cluster.instead('writer', [{ without: 'renewal' }, { without: 'renewal' }], () =>
        mergesLeaveRunsAlone(options),
      ),
    seen: says('the run beside the merge failed: {"code":"LEASE_LOST"'),
  },
  {
    safeguard: 'the word of Graph on each add',
    run: (options) =>
      options.cluster.instead('writer', [{ without: 'answers' }], () => unconfirmedAddsAreNoMembers(options)),
    seen: ({ wrong }) => wrong.some((line) => line.includes('although it is not known that anybody stays')),
  },
  {
    safeguard: 'the switch of a tenant',
    run: (options) =>
      options.cluster.instead('status', [{ without: 'switch' }], () => theSwitchStopsDeletions(options)),
    seen: says('a stopped deletion went on'),
  },
  {
    safeguard: 'the proof that a read is complete',
    run: (options) =>
      options.cluster.instead('capture', [{ without: 'completeness' }], () => hiddenMembersStay(options)),
    seen: membersAreWrong,
  },
  {
    safeguard: 'the guard',
    run: (options) => anEmptiedCollectionIsHeld(options, WITHOUT_LIMITS),
    seen: membersAreWrong,
  },
  {
    safeguard: 'the versions of deltas',
    // content without an answer would be sent again after a while, which hides what the versions notice at once
    run: ({ cluster, ...options }) =>
      cluster.instead('capture', [{ settings: { resendMs: HOUR_MS, resendMaxMs: HOUR_MS } }], () =>
        cluster.instead('resolver', [{ without: 'versions' }], () =>
          lostContentIsNoticed({ cluster, ...options, timeoutMs }),
        ),
      ),
    seen: membersAreWrong,
  },
  {
    safeguard: 'the outbox',
    run: (options) =>
      options.cluster.instead('status', [{ without: 'outbox' }], () => requestsAreKept({ ...options, timeoutMs })),
    seen: membersAreWrong,
  },
];
