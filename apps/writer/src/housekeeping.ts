import type { WriterContext } from './context.js';
import { dropOldCalls } from './sql/calls.js';
import { dropOldCommands } from './sql/commands.js';
import { dropSettled } from './sql/entries.js';
import { dropOldReasons } from './sql/full-reasons.js';
import { dropOldLateJoiners } from './sql/late-joiners.js';
import { dropOldPages } from './sql/listing.js';
import { dropOldDepartures } from './sql/plans.js';
import { dropOldRuns } from './sql/runs.js';
import { dropOldTransfers } from './sql/transfers.js';

/** Drops what has come of age; any replica may, at any time. */
export const keepHouse = async (writer: WriterContext): Promise<void> => {
  const { database, settings } = writer;
  await dropOldTransfers(database, settings.stagedHours);
  await dropSettled(database);
  await dropOldDepartures(database);
  await dropOldLateJoiners(database);
  await dropOldPages(database);
  await dropOldCalls(database);
  await dropOldReasons(database);
  await dropOldRuns(database);
  await dropOldCommands(database);
};
