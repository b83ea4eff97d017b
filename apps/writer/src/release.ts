import { isDrained } from './store/entries.js';
import { storeReleased } from './store/targets.js';
import type { TargetSession } from './target-session.js';

/** A deleted mapping is let go when nothing of it is pending, under way, waiting for its second look or held by an open plan. */
export const release = async (session: TargetSession): Promise<boolean> => {
  const { tx, target } = session;
  if (target.state !== 'deleting' || target.teardown !== null || target.released || !(await isDrained(tx, target.id)))
    return false;
  await releaseAtOnce(session);
  return true;
};

/** The same without a look: its members were to be left. */
export const releaseAtOnce = async ({ tx, target, report }: TargetSession): Promise<void> => {
  target.released = true;
  await storeReleased(tx, target.id);
  report.run({ event: 'released' });
};
