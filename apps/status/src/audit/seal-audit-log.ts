import { encodeEvent, TOPICS } from '@collection-sync/core';
import type { Logger } from '@collection-sync/platform';
import type { Database, Outbox } from '@collection-sync/postgres';
import { sealAudit } from '../store/audit.js';

const BATCH = 500;

/**
 * Seals the lines of the audit log that have been committed, and hands each on to who collects them: to the topic with the transaction that
 * seals it, so that none is lost, and to the log of the service.
 */
export const sealAuditLog = async (database: Database, outbox: Outbox, log: Logger): Promise<boolean> => {
  const sealed = await database.transaction(async (tx) => {
    const lines = await sealAudit(tx, BATCH);
    const events = lines.map((line) => encodeEvent(TOPICS.audit, { ...line, at: line.at.toISOString() }, 'status'));
    await outbox.add(tx, events);
    return lines;
  });
  for (const audit of sealed) log.info({ audit }, `audit: ${audit.actor} did ${audit.action} on ${audit.subject}`);
  return sealed.length === BATCH;
};
