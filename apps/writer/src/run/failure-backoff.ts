import type { WriterSettings } from '../settings.js';

/** Quick while the reason may be over soon, such as a permission that was taken and is given back; slow when it stays. */
export const failureBackoff = (
  failures: number,
  { failureBackoffMinMs, failureBackoffQuickMs, failureBackoffQuickRuns, failureBackoffMaxMs }: WriterSettings,
): number => {
  const quick = Math.min(failureBackoffQuickMs, failureBackoffMinMs * 2 ** Math.min(failures, 20));
  const slow = Math.max(0, Math.min(failures - failureBackoffQuickRuns, 20));
  return Math.min(failureBackoffMaxMs, quick * 2 ** slow);
};
