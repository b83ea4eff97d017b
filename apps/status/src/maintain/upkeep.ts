import { encodeEvent, TOPICS } from '@collection-sync/core';
import type { Database, Outbox } from '@collection-sync/postgres';
import type { Commands } from '../command/commands.js';
import { findMapping, lockTargets, mappingsToRepublish, markPublished, toMapping } from '../store/mappings.js';
import { dropOldAudit } from '../store/audit.js';
import type { StatusSettings } from '../settings.js';
import { deleteMembersOfDeleted } from '../store/members.js';
import { dropOldRows } from '../store/old-rows.js';
import { oneByOne } from './one-by-one.js';
import { noteReportRequest, targetsToReport } from '../store/targets.js';

const BATCH = 100;
const REPORTS_AT_ONCE = 100;

/** Asks the writer to report everything again where something is missing. */
export const requestReports = async (
  database: Database,
  commands: Commands,
  settings: StatusSettings,
): Promise<void> => {
  const due = await targetsToReport(database, settings, REPORTS_AT_ONCE);
  await oneByOne(due, ({ target }) =>
    database.transaction(async (tx) => {
      // the row before the lock, in the order of projectRuns
      await noteReportRequest(tx, target);
      await lockTargets(tx, [target]);
      await commands.issue(tx, 'status', { kind: 'report', target });
    }),
  );
};

/** The owner of a compacted topic publishes its keys again daily. */
export const republishMappings = async (
  database: Database,
  outbox: Outbox,
  settings: StatusSettings,
): Promise<boolean> => {
  const due = await mappingsToRepublish(database, settings.republishHours, BATCH);
  await oneByOne(due, ({ target }) =>
    database.transaction(async (tx) => {
      await lockTargets(tx, [target]);
      const mapping = await findMapping(tx, target);
      if (!mapping) return;
      await markPublished(tx, target);
      await outbox.add(tx, [encodeEvent(TOPICS.mapping, toMapping(mapping), 'status')]);
    }),
  );
  return due.length === BATCH;
};

/** Nothing grows without end: each table has its age. A deleted mapping's members go too. True while there is more to delete. */
export const deleteOldRows = async (database: Database, settings: StatusSettings): Promise<boolean> => {
  const more = await dropOldRows(database, settings);
  const moreAudit = (await dropOldAudit(database, settings.keepAuditDays, 5_000)) === 5_000;
  return (await deleteMembersOfDeleted(database, 5_000)) || moreAudit || more;
};
