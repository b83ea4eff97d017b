import { AppError } from '@collection-sync/core';
import { Cron } from 'croner';
import type { CaptureContext } from '../context.js';
import { publishCollections } from '../publish.js';
import {
  forgetOld,
  forgetUnwanted,
  oldCollectionRecords,
  requireDailyCompletes,
  requireResends,
  planCron,
  unplannedCrons,
  type CronTarget,
} from '../store/maintenance.js';
import { claimRelations, saveRelations } from '../store/collections.js';

const RECORDS_AT_ONCE = 200;

/** What time alone makes due: daily completes, missing answers, cron schedules, compacted records, what has outlived its use. */
export const runMaintenance = async (context: CaptureContext, signal: AbortSignal): Promise<boolean> => {
  const { database, settings } = context;
  await planCrons(context);
  const daily = await requireDailyCompletes(database, settings.completeMs);
  const resends = await requireResends(database, {
    resendMs: settings.resendMs,
    resendMaxMs: settings.resendMaxMs,
    members: settings.unansweredMembers,
  });
  if (resends > 0)
    context.log.warn({ targets: resends }, 'the writer did not answer in time; the complete content goes again');
  if (daily + resends > 0) context.wake();
  await readRelations(context, signal);
  const more = await republish(context);
  await forgetOld(database, settings.keptMs);
  return (await database.transaction(forgetUnwanted)) || more;
};

const republish = async (context: CaptureContext): Promise<boolean> => {
  const { database, settings } = context;
  const old = await oldCollectionRecords(database, settings.republishMs, RECORDS_AT_ONCE);
  await database.transaction((tx) => publishCollections(context, tx, old));
  return old.length === RECORDS_AT_ONCE;
};

const planCrons = async ({ database, log, settings }: CaptureContext): Promise<void> => {
  for (const target of await unplannedCrons(database)) {
    const next = nextTime(target, settings.tickMs);
    if (next === undefined)
      log.warn(
        { target: target.target, cron: target.cron },
        'a cron expression cannot be read; the collection is read daily',
      );
    await planCron(database, target.target, target.readAt ?? target.now, next ?? null);
  }
};

/**
 * The next time after the last read, moved by up to a tick, by the collection's id, so that thousands with one schedule do not start at
 * once. Undefined for an expression that cannot be read or never comes.
 */
export const nextTime = (
  { cron, timeZone: timezone, readAt, now, collection }: CronTarget,
  spreadMs: number,
): Date | undefined => {
  try {
    const next = new Cron(cron, { timezone, paused: true }).nextRun(readAt ?? now);
    return next ? new Date(next.getTime() + (hash(collection) % Math.max(1, spreadMs))) : undefined;
  } catch {
    return undefined;
  }
};

const hash = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7);

/** What the product's own cloud sync keeps, for migration. A site without it, or an account without the right, is no failure. */
const readRelations = async (context: CaptureContext, signal: AbortSignal): Promise<void> => {
  const { database, log, settings, source } = context;
  if (!(await claimRelations(database, settings.relationsMs))) return;
  try {
    const relations = await source.relations(signal);
    await database.transaction(async (tx) => publishCollections(context, tx, await saveRelations(tx, relations)));
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('SOURCE_')) throw error;
    log.info({ error }, "the relations of the product's own cloud sync cannot be read");
  }
};
