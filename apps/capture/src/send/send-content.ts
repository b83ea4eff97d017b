import { randomUUID } from 'node:crypto';
import { chunked, encodeEvent, TOPICS, type Identity, type Member, type MembershipDelta } from '@collection-sync/core';
import { traced, traceparent } from '@collection-sync/platform';
import { SERVICE, type CaptureContext } from '../context.js';
import { sourceOf } from '../publish.js';
import { planTransfers, type Transfer } from './plan-transfers.js';
import { advancePublished, beginTransfer, recordSent } from '../store/targets.js';
import { lockCollection } from '../store/collections.js';
import { recordPreviewSent } from '../store/commands.js';
import { type ContentRow, completeRows, deltaRows, publishedVersion, sendingPlan } from '../store/content.js';

type Item = { add: Member } | { remove: number };

/**
 * Sends what the targets of a collection lack: a delta from the published version, the complete content to those that require it. Then the
 * published version advances. A crash in between sends again, under new ids.
 */
export const sendContent = async (context: CaptureContext, collection: string, signal: AbortSignal): Promise<void> => {
  const { database } = context;
  const plan = await sendingPlan(database, collection);
  if (!plan) return;
  const transfers = planTransfers(collection, plan);
  if (transfers.length === 0) return;
  const sent: Transfer[] = [];
  for (const transfer of transfers) {
    const done = await sendTransfer(context, transfer, signal);
    if (done) sent.push(done);
  }
  await database.transaction(async (tx) => {
    await lockCollection(tx, collection);
    const contents = sent.filter(({ mode }) => mode !== 'preview');
    for (const { content, mode, targets } of contents) {
      for (const target of targets) {
        await recordSent(tx, plan.version, { ...target, complete: content === 'complete', full: mode === 'full' });
      }
    }
    // an unfinished delta must find its tombstones again
    if (contents.length > 0 && sent.length === transfers.length) await advancePublished(tx, collection, plan.version);
    for (const { preview } of sent) if (preview) await recordPreviewSent(tx, preview.id, preview.tenantSince);
  });
};

/** Undefined when the transfer was given up: another replica has published meanwhile, or no target of it is as it was planned. */
const sendTransfer = (
  context: CaptureContext,
  planned: Transfer,
  signal: AbortSignal,
): Promise<Transfer | undefined> => {
  const id = randomUUID();
  const { collection, mode, content, from, to } = planned;
  return traced('send content', { collection, transfer: id, mode, content, from, to }, () =>
    sendChunks(context, id, planned, signal),
  );
};

const sendChunks = async (
  context: CaptureContext,
  id: string,
  planned: Transfer,
  signal: AbortSignal,
): Promise<Transfer | undefined> => {
  const { database, log, metrics, publisher, settings } = context;
  const transfer = planned.mode === 'preview' ? planned : await register(context, id, planned);
  if (transfer.targets.length === 0) return undefined;
  let members = 0;
  for await (const { items, index, last } of chunked(itemsOf(context, transfer), { members: settings.chunkMembers })) {
    signal.throwIfAborted();
    // tombstones go when they are published: as long as nothing was, every row read so far was right
    if (
      last &&
      transfer.content === 'delta' &&
      (await publishedVersion(database, transfer.collection)) !== transfer.from
    )
      return undefined;
    const chunk = { ...chunkOf(transfer, id, index, last, items), source: sourceOf(context, transfer.source) };
    await publisher.publish([encodeEvent(TOPICS.membershipDelta, chunk, SERVICE, traceparent())]);
    members += items.length;
    metrics.chunks.inc({ content: transfer.content });
    metrics.members.inc({ change: 'add' }, chunk.adds.length);
    metrics.members.inc({ change: 'remove' }, chunk.removes.length);
    await settings.onPoint?.('capture.chunk-sent');
  }
  const { collection, mode, content, from, to, targets } = transfer;
  log.info(
    { collection, transfer: id, mode, content, from, to, members, targets: targets.map(({ target }) => target) },
    'content sent',
  );
  return transfer;
};

const register = async ({ database }: CaptureContext, id: string, transfer: Transfer): Promise<Transfer> => {
  const { targets, content } = transfer;
  const held = await database.transaction((tx) => beginTransfer(tx, { id, targets, complete: content === 'complete' }));
  return { ...transfer, targets: targets.filter(({ target }) => held.includes(target)) };
};

const chunkOf = (
  transfer: Transfer,
  id: string,
  chunk: number,
  last: boolean,
  items: readonly Item[],
): MembershipDelta => ({
  transfer: id,
  mode: transfer.mode,
  content: transfer.content,
  collection: transfer.collection,
  collectionType: transfer.collectionType,
  from: transfer.content === 'complete' ? 0 : transfer.from,
  to: transfer.to,
  chunk,
  last,
  readAt: transfer.readAt,
  targets: transfer.targets.map(({ required: _, ...target }) => target),
  adds: items.flatMap((item) => ('add' in item ? [item.add] : [])),
  removes: items.flatMap((item) => ('remove' in item ? [item.remove] : [])),
});

async function* itemsOf(context: CaptureContext, transfer: Transfer): AsyncGenerator<Item> {
  for await (const rows of pagesOf(context, transfer)) {
    for (const row of rows) yield row.present ? { add: memberOf(row) } : { remove: row.resource };
  }
}

/** Each page is a statement of its own. */
async function* pagesOf(
  { database, settings: { chunkMembers: limit } }: CaptureContext,
  transfer: Transfer,
): AsyncGenerator<ContentRow[]> {
  const { collection, content, from, to } = transfer;
  let after = { version: 0, resource: 0 };
  for (;;) {
    const rows: ContentRow[] =
      content === 'complete'
        ? await completeRows(database, collection, after.resource, limit)
        : await deltaRows(database, collection, { from, to, after, limit });
    yield rows;
    if (rows.length < limit) return;
    after = rows.at(-1) ?? after;
  }
}

const memberOf = (row: ContentRow): Member => ({
  resource: row.resource,
  kind: row.kind,
  name: row.name,
  identity: identityOf(row),
});

const identityOf = (row: ContentRow): Identity => ({
  ...(row.deviceId ? { deviceId: row.deviceId } : {}),
  ...(row.userId ? { userId: row.userId } : {}),
  ...(row.sid ? { sid: row.sid } : {}),
  ...(row.upn ? { upn: row.upn } : {}),
  ...(row.tenantId ? { tenantId: row.tenantId } : {}),
});
