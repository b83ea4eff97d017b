import type { WriterContext } from './context.js';
import { dropOldCalls } from './store/calls.js';
import { dropOldCommands } from './store/commands.js';
import { dropSettled } from './store/entries.js';
import { dropOldListingRequests, dropOldReasons } from './store/full-reasons.js';
import { dropOldLateJoiners } from './store/late-joiners.js';
import { dropOldPages } from './store/listing.js';
import { dropOldDepartures } from './store/plans.js';
import { dropOldRuns } from './store/runs.js';
import { dropOldTransfers } from './store/transfers.js';

/** Drops what has come of age; any replica may, at any time. */
export const runMaintenance = async (writer: WriterContext): Promise<void> => {
  const { database, settings } = writer;
  await dropOldTransfers(database, settings.stagedHours);
  await dropSettled(database);
  await dropOldDepartures(database);
  await dropOldLateJoiners(database);
  await dropOldPages(database);
  await dropOldCalls(database);
  await dropOldReasons(database);
  await dropOldListingRequests(database);
  await dropOldRuns(database);
  await dropOldCommands(database);
};
