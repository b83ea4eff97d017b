import { encodeEvent, TOPICS, UNNAMED_SITE, type OutgoingRecord, type RunEvent } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type CaptureContext } from './context.js';
import { nextCollectionRecords, type ListedRow } from './store/collections.js';
import { nextSourceRecord, type SourceState } from './store/source.js';
import { nextRunRecord } from './store/targets.js';

/** Which source an event speaks of, as `kind/name`. */
export const sourceOf = ({ source }: Pick<CaptureContext, 'source'>, name: string): string => `${source.kind}/${name}`;

const collectionRecord = (context: Pick<CaptureContext, 'source'>, row: ListedRow): OutgoingRecord =>
  encodeEvent(
    TOPICS.collection,
    {
      collection: row.id,
      source: sourceOf(context, row.source),
      site: row.source,
      name: row.name,
      type: row.type,
      comment: row.comment,
      count: row.count,
      state: row.state,
      version: row.completeRead > 0 ? row.version : 0,
      changedAt: row.changedAt?.toISOString() ?? null,
      checkedAt: row.checkedAt.toISOString(),
      lastRead: row.lastRead,
      lastComplete: row.lastComplete,
      productRelations: row.productRelations,
      ...(row.failure ? { failure: row.failure } : {}),
      sequence: row.sequence,
    },
    SERVICE,
    traceparent(),
  );

/** Publishes how these collections are now. Takes their row locks, in the order of their ids. */
export const publishCollections = async (
  context: Pick<CaptureContext, 'outbox' | 'source'>,
  tx: Tx,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return;
  const rows = await nextCollectionRecords(tx, ids);
  await context.outbox.add(
    tx,
    rows.map((row) => collectionRecord(context, row)),
  );
};

const sourceRecord = (source: SourceState, address: string): OutgoingRecord =>
  encodeEvent(
    TOPICS.upstream,
    {
      kind: 'site',
      name: source.name ?? UNNAMED_SITE,
      address,
      state: source.state,
      ...(source.errorCode ? { code: source.errorCode } : {}),
      ...(source.reason ? { reason: source.reason } : {}),
      since: source.since.toISOString(),
      checkedAt: (source.checkedAt ?? source.since).toISOString(),
      ...(source.checkedAt ? { lastSuccess: source.checkedAt.toISOString() } : {}),
      figures: { collections: source.collections },
      sequence: source.sequence,
    },
    SERVICE,
    traceparent(),
  );

/** Publishes how the source is now. */
export const publishSource = async (
  { outbox, source }: Pick<CaptureContext, 'outbox' | 'source'>,
  tx: Tx,
): Promise<void> => outbox.add(tx, [sourceRecord(await nextSourceRecord(tx), source.address)]);

type CaptureReport =
  | { event: 'capture-failed'; code: string; message: string; advice: string; reason?: string }
  | { event: 'nothing-to-do'; command: string; version: number }
  | { event: 'command-answered'; command: string; accepted: boolean; message: string };

/** Reports something about a target, under its row lock. */
export const reportTarget = async (
  { outbox }: Pick<CaptureContext, 'outbox'>,
  tx: Tx,
  of: { target: string; collection: string; activated: number },
  report: CaptureReport,
): Promise<void> => {
  const { sequence, at } = await nextRunRecord(tx, of.target);
  const event: RunEvent = {
    ...report,
    producer: 'capture',
    target: of.target,
    collection: of.collection,
    activated: of.activated,
    at: at.toISOString(),
    sequence,
  };
  await outbox.add(tx, [encodeEvent(TOPICS.run, event, SERVICE, traceparent())]);
};
