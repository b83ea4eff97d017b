import { noChangeIsLost } from './01-no-change-is-lost.js';
import { runsNeverOverlap } from './02-runs-never-overlap.js';
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
];
