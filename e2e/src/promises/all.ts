import { noChangeIsLost } from './01-no-change-is-lost.js';
import { runsNeverOverlap } from './02-runs-never-overlap.js';
import { unknownIsNeverEmpty } from './03-unknown-is-never-empty.js';
import { kafkaMayFail } from './04-kafka-fails.js';
import { postgresMayFail } from './05-postgres-fails.js';
import { graphMayFail } from './06-graph-fails.js';
import { unreadableIsPutAside } from './07-unreadable-events.js';
import { heldPlansWait } from './08-held-plans.js';
import { mappingsMayChange } from './09-mappings-change.js';
import { nothingGrows } from './10-nothing-grows.js';
import { unconfirmedAddsAreNoMembers } from './11-unconfirmed-adds.js';
import { deletionsStop } from './12-deletions-stop.js';
import { mergesLeaveRunsAlone } from './13-a-large-merge.js';
import type { PromiseOptions, Proof } from './prove.js';

export interface NumberedPromise {
  readonly number: number;
  /** repetitions of the proof program, and of the test suite */
  readonly often: number;
  readonly seldom: number;
  readonly run: (options: PromiseOptions) => Promise<Proof>;
}

export const PROMISES: readonly NumberedPromise[] = [
  { number: 1, often: 30, seldom: 4, run: noChangeIsLost },
  { number: 2, often: 20, seldom: 4, run: runsNeverOverlap },
  { number: 3, often: 14, seldom: 3, run: unknownIsNeverEmpty },
  { number: 4, often: 3, seldom: 1, run: kafkaMayFail },
  { number: 5, often: 4, seldom: 2, run: postgresMayFail },
  { number: 6, often: 18, seldom: 9, run: graphMayFail },
  { number: 7, often: 5, seldom: 1, run: unreadableIsPutAside },
  { number: 8, often: 1, seldom: 1, run: heldPlansWait },
  { number: 9, often: 12, seldom: 4, run: mappingsMayChange },
  { number: 10, often: 20, seldom: 3, run: nothingGrows },
  { number: 11, often: 10, seldom: 2, run: unconfirmedAddsAreNoMembers },
  { number: 12, often: 5, seldom: 1, run: deletionsStop },
  // thousands of members
  { number: 13, often: 200, seldom: 3, run: mergesLeaveRunsAlone },
];
