import type { Database } from '@collection-sync/postgres';
import { Cron } from 'croner';
import type { Commands } from '../command/commands.js';
import { oneByOne } from '../maintain/one-by-one.js';
import { lockTargets } from '../store/mappings.js';
import { PLANNED_KINDS, readRunTimes, storeRunDue, targetsWithTimes, type PlannedKind } from '../store/run-due.js';

const AT_ONCE = 100;

/**
 * Sends the full runs and the comparisons of mappings that have times for them, whether or not the collection changes: what was changed in
 * Entra is put right, or shown. Times that passed while nobody was here are made up for once. True when there may be more.
 */
export const planRuns = async (database: Database, commands: Commands): Promise<boolean> => {
  let more = false;
  for (const kind of PLANNED_KINDS) more = (await planKind(database, commands, kind)) || more;
  return more;
};

const planKind = async (database: Database, commands: Commands, kind: PlannedKind): Promise<boolean> => {
  const targets = await targetsWithTimes(database, kind, AT_ONCE);
  await oneByOne(targets, ({ target }) =>
    database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      const found = await readRunTimes(tx, kind, target);
      if (!found) return;
      const { times, due, now } = found;
      const next = new Cron(times.expression, { timezone: times.timeZone, paused: true }).nextRun(now);
      await storeRunDue(tx, kind, target, times, next);
      if (due) await commands.issue(tx, 'schedule', { kind, target });
    }),
  );
  return targets.length === AT_ONCE;
};
