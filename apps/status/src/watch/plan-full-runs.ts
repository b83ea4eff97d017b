import type { Database } from '@collection-sync/postgres';
import { Cron } from 'croner';
import type { Commands } from '../command/commands.js';
import { readFullRunTimes, storeFullRunDue, targetsWithFullRuns } from '../store/full-run-due.js';
import { lockTargets } from '../store/mappings.js';

const AT_ONCE = 100;

/**
 * Sends the full runs of mappings that have times for them: what was changed in Entra is put right, whether or not the collection changes.
 * Times that passed while nobody was here are made up for once. True when there may be more.
 */
export const planFullRuns = async (database: Database, commands: Commands): Promise<boolean> => {
  const targets = await targetsWithFullRuns(database, AT_ONCE);
  for (const { target } of targets) {
    await database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      const found = await readFullRunTimes(tx, target);
      if (!found) return;
      const { times, due, now } = found;
      const next = new Cron(times.expression, { timezone: times.timeZone, paused: true }).nextRun(now);
      await storeFullRunDue(tx, target, times, next);
      if (due) await commands.issue(tx, 'schedule', { kind: 'full', target });
    });
  }
  return targets.length === AT_ONCE;
};
