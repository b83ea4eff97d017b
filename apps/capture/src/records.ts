import { encodeEvent, TOPICS, type OutgoingRecord, type RunEvent } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type CaptureContext } from './context.js';
import { nextCollectionRecords, type CollectionRow } from './sql/collection-row.js';
import { nextSiteRecord, type SiteState } from './sql/site-state.js';
import { nextRunRecord } from './sql/target-row.js';

const collectionRecord = (row: CollectionRow): OutgoingRecord =>
  encodeEvent(
    TOPICS.collection,
    {
      collection: row.id,
      site: row.site,
      name: row.name,
      type: row.type,
      comment: row.comment,
      count: row.count,
      state: row.state,
      version: row.complete_read > 0 ? row.version : 0,
      changedAt: row.changed_at?.toISOString() ?? null,
      checkedAt: row.checked_at.toISOString(),
      lastRead: row.last_read,
      lastComplete: row.last_complete,
      productRelations: row.product_relations,
      number: row.number,
    },
    SERVICE,
    traceparent(),
  );

/** Tells how these collections are now. Takes their row locks, in the order of their ids. */
export const tellCollections = async (
  { outbox }: Pick<CaptureContext, 'outbox'>,
  tx: Tx,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length > 0) await outbox.add(tx, (await nextCollectionRecords(tx, ids)).map(collectionRecord));
};

const siteRecord = (site: SiteState, now: Date): OutgoingRecord =>
  encodeEvent(
    TOPICS.upstream,
    {
      kind: 'site',
      name: site.code ?? '',
      state: site.state,
      ...(site.error_code ? { code: site.error_code } : {}),
      ...(site.reason ? { reason: site.reason } : {}),
      since: site.since.toISOString(),
      checkedAt: (site.checked_at ?? now).toISOString(),
      figures: { collections: site.collections },
      number: site.number,
    },
    SERVICE,
    traceparent(),
  );

/** Tells how the site is now, if it has ever told its code. */
export const tellSite = async ({ outbox }: Pick<CaptureContext, 'outbox'>, tx: Tx): Promise<void> => {
  const site = await nextSiteRecord(tx);
  if (site.code) await outbox.add(tx, [siteRecord(site, site.since)]);
};

type CaptureStory =
  | { event: 'capture-failed'; code: string; message: string; advice: string; reason?: string }
  | { event: 'nothing-to-do'; command: string; version: number }
  | { event: 'command-answered'; command: string; accepted: boolean; message: string };

/** Adds to the story of a target, under its row lock. */
export const tellTarget = async (
  { outbox }: Pick<CaptureContext, 'outbox'>,
  tx: Tx,
  of: { target: string; collection: string; activated: number },
  story: CaptureStory,
): Promise<void> => {
  const { number, at } = await nextRunRecord(tx, of.target);
  const event: RunEvent = {
    ...story,
    producer: 'capture',
    target: of.target,
    collection: of.collection,
    activated: of.activated,
    at: at.toISOString(),
    number,
  };
  await outbox.add(tx, [encodeEvent(TOPICS.run, event, SERVICE, traceparent())]);
};
