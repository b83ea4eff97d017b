/** Milliseconds on a clock that never goes back. */
export type Clock = () => number;

export const monotonicClock: Clock = () => performance.now();
