import type { Tx } from '@collection-sync/postgres';
import type { Report } from './report/report.js';
import { isDrained } from './store/entries.js';
import { storeReleased, type Target } from './store/targets.js';

/** A deleted mapping is let go when nothing of it is pending, under way, waiting for its second look or held by an open plan. */
export const release = async (tx: Tx, target: Target, report: Report): Promise<boolean> => {
  if (target.state !== 'deleting' || target.teardown !== null || target.released || !(await isDrained(tx, target.id)))
    return false;
  await releaseAtOnce(tx, target, report);
  return true;
};

/** The same without a look: its members were to be left. */
export const releaseAtOnce = async (tx: Tx, target: Target, report: Report): Promise<void> => {
  target.released = true;
  await storeReleased(tx, target.id);
  report.run({ event: 'released' });
};
