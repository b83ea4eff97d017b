import type { WriterSettings } from '../settings.js';

/** Quick while the reason may be over soon, such as a permission that was taken and is given back; slow when it stays. */
export const restAfter = (
  failures: number,
  { failureBackoffMinMs, restQuickMs, restQuickRuns, failureBackoffMaxMs }: WriterSettings,
): number => {
  const quick = Math.min(restQuickMs, failureBackoffMinMs * 2 ** Math.min(failures, 20));
  const slow = Math.max(0, Math.min(failures - restQuickRuns, 20));
  return Math.min(failureBackoffMaxMs, quick * 2 ** slow);
};
