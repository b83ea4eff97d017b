import { setTimeout } from 'node:timers/promises';

/** Waits, or less when aborted. */
export const pause = async (ms: number, signal?: AbortSignal): Promise<void> => {
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
};

/** Doubles with each failure from `first` up to `cap`, half of it random. */
export const backoffMs = (failures: number, first: number, cap: number): number =>
  Math.min(cap, first * 2 ** Math.min(failures - 1, 20)) * (0.5 + Math.random() / 2);
