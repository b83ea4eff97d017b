import { encodeEvent, TOPICS, type RunEvent } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Database, Outbox, Tx } from '@collection-sync/postgres';
import { changeChannel, noteChanges } from '../live/live.js';
import { collectionsOf, findMapping, lockTargets, toMapping, writeMapping } from '../store/mappings.js';
import { refreshOverview } from './refresh-overview.js';
import { answerCommands, explainCommands } from '../store/commands.js';
import { closePlans, emptyPlans, openPlans } from '../store/plans.js';
import { endOlderRuns, storeRunEvents, storeRuns, type RunPatch, type TracedRunEvent } from '../store/runs.js';
import { lockTargetRow, saveTargetRow, type TargetRow } from '../store/targets.js';

/** Projects a segment of one target's run events, in one transaction; what is older than its producer's number is known already. */
export const projectRuns = (
  database: Database,
  outbox: Outbox,
  target: string,
  events: readonly TracedRunEvent[],
): Promise<void> =>
  database.transaction(async (tx) => {
    const before = await lockTargetRow(tx, target);
    const after = { ...before };
    const fresh = events.filter((event) => isNews(after, event));
    if (fresh.length === 0) return;
    const patches = new Map<string, RunPatch>();
    for (const event of fresh) {
      applyToTarget(after, event);
      if ('kind' in event) patches.set(event.run, mergePatch(patches.get(event.run), patchOf(event)));
    }
    await storeRunEvents(
      tx,
      fresh.filter(({ event }) => event !== 'progress' && event !== 'ledger-version'),
    );
    await storeRuns(tx, target, [...patches.values()]);
    for (const event of fresh) if (event.event === 'started') await endOlderRuns(tx, event);
    await openPlans(
      tx,
      fresh.filter((event) => event.event === 'held'),
    );
    await closePlans(
      tx,
      fresh.filter((event) => event.event === 'plan-closed'),
    );
    await explainCommands(tx, fresh.flatMap(whyNotServed));
    await answerCommands(tx, fresh.flatMap(commandAnswer));
    await saveTargetRow(tx, before, after);
    const deleted = await finishDeletion(tx, outbox, target, fresh);
    await refreshOverview(tx, [...deleted, ...(await collectionsOf(tx, target))]);
    await note(tx, changeChannel(database), target, fresh);
  });

const isNews = (row: TargetRow, event: RunEvent): boolean => {
  const field = event.producer === 'writer' ? 'writerNumber' : 'captureNumber';
  if (event.sequence <= row[field]) return false;
  row[field] = event.sequence;
  return true;
};

/** Another writer goes on at once. */
const isHandedOver = (code: string): boolean => code === 'LEASE_LOST' || code === 'SHUTTING_DOWN';

const applyToTarget = (row: TargetRow, event: RunEvent): void => {
  // a comparison stands in the history, and changes nothing of what the target is
  if ('kind' in event && event.kind === 'compare') return;
  switch (event.event) {
    case 'capture-failed':
      row.captureFailure = { code: event.code, message: event.message, advice: event.advice, at: event.at };
      return;
    case 'merged':
      row.captureFailure = null;
      // of an earlier mapping
      if (event.activated !== row.mergedActivated) row.drift = null;
      row.mergedNumber = event.sequence;
      row.mergedCollection = event.collection;
      row.mergedActivated = event.activated;
      row.mergedVersion = event.version;
      row.mergedPending = event.pending;
      row.mergedAt = event.at;
      row.mergedReadAt = event.readAt;
      return;
    case 'ledger-version':
      if (event.drift) row.drift = event.drift;
      return;
    case 'work-failed':
      row.writerFailure = failureOfWork(event);
      return;
    case 'work-resumed':
      if (row.writerFailure?.work === event.work) row.writerFailure = null;
      return;
    case 'started':
      row.run = event.run;
      row.runKind = event.kind;
      return;
    case 'completed':
    case 'failed':
    case 'cancelled':
      endRun(row, event);
      return;
    case 'released':
      row.writerFailure = null;
      return;
    default:
  }
};

type WorkFailed = Extract<RunEvent, { event: 'work-failed' }>;
const failureOfWork = ({ work, code, message, advice, at }: WorkFailed) => ({ work, code, message, advice, at });

const endRun = (row: TargetRow, event: Extract<RunEvent, { event: 'completed' | 'failed' | 'cancelled' }>): void => {
  row.run = null;
  row.runKind = null;
  row.endedNumber = event.sequence;
  row.endedActivated = event.activated;
  row.endedKind = event.kind;
  row.endedAt = event.at;
  if (event.event === 'completed') row.runFailure = null;
  if (event.event === 'failed' && !isHandedOver(event.code)) {
    row.runFailure = { code: event.code, message: event.message, advice: event.advice, at: event.at };
  }
  const { applied = 0, removed = 0 } = event.counts.outcomes;
  if (applied + removed > 0 || event.event === 'completed') row.appliedAt = event.at;
};

type OfRun = Extract<RunEvent, { kind: string; run: string }>;

const patchOf = (event: OfRun): RunPatch => {
  const patch: RunPatch = {
    id: event.run,
    collection: event.collection,
    activated: event.activated,
    kind: event.kind,
    state: 'running',
    started_at: 'startedAt' in event ? event.startedAt : event.at,
    sequence: event.sequence,
  };
  switch (event.event) {
    case 'started':
      return { ...patch, trigger: event.trigger };
    case 'planned':
      return { ...patch, adds: event.adds, removes: event.removes, guard: event.guard, comparison: event.comparison };
    case 'progress':
      return { ...patch, counts: event.counts };
    case 'completed':
      return { ...patch, state: 'completed', ended_at: event.at, counts: event.counts, members: event.members };
    case 'failed': {
      const failure = { code: event.code, message: event.message, advice: event.advice };
      return { ...patch, state: 'failed', ended_at: event.at, counts: event.counts, failure };
    }
    case 'cancelled':
      return { ...patch, state: 'cancelled', ended_at: event.at, counts: event.counts, why: event.why };
  }
};

/** A later word stands, but an end is an end and a start the first one. */
const mergePatch = (before: RunPatch | undefined, after: RunPatch): RunPatch => {
  if (!before) return after;
  const said = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined));
  return { ...before, ...said, started_at: before.started_at } as RunPatch;
};

const commandAnswer = (event: RunEvent): { id: string; accepted: boolean; message: string; at: string }[] => {
  if (event.event === 'command-answered') {
    return [{ id: event.command, accepted: event.accepted, message: event.message, at: event.at }];
  }
  if (event.event === 'nothing-to-do') {
    return [
      { id: event.command, accepted: true, message: 'The collection was read; there was nothing to do.', at: event.at },
    ];
  }
  return [];
};

/** Capture names the command that waits for a read, as `command:` and its id. */
const COMMAND = /^command:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const whyNotServed = (event: RunEvent): { id: string; message: string }[] => {
  if (event.event !== 'capture-failed') return [];
  const id = COMMAND.exec(event.reason ?? '')?.[1];
  return id === undefined ? [] : [{ id, message: `${event.message} ${event.advice}` }];
};

/** The writer has let go of a mapping that is being deleted: now it is deleted. Answers its collection. */
const finishDeletion = async (
  tx: Tx,
  outbox: Outbox,
  target: string,
  events: readonly RunEvent[],
): Promise<string[]> => {
  const released = events.filter(({ event }) => event === 'released').at(-1);
  if (!released) return [];
  await emptyPlans(tx, target, released.at);
  await lockTargets(tx, [target]);
  const mapping = await findMapping(tx, target);
  if (mapping?.state !== 'deleting' || mapping.activated !== released.activated) return [];
  const deleted = await writeMapping(tx, { ...mapping, state: 'deleted', pausedBy: null }, false);
  await outbox.add(tx, [encodeEvent(TOPICS.mapping, toMapping(deleted), 'status', traceparent())]);
  return [deleted.collection];
};

const note = async (tx: Tx, channel: string, target: string, events: readonly RunEvent[]): Promise<void> => {
  await noteChanges(tx, channel, 'target', [target]);
  await noteChanges(
    tx,
    channel,
    'run',
    events.flatMap((event) => ('run' in event && event.run ? [event.run] : [])),
  );
  await noteChanges(
    tx,
    channel,
    'plan',
    events.flatMap((event) => ('plan' in event ? [event.plan] : [])),
  );
  await noteChanges(
    tx,
    channel,
    'command',
    events.flatMap((event) => ('command' in event ? [event.command] : whyNotServed(event).map(({ id }) => id))),
  );
  if (events.some(({ event }) => event === 'released')) await noteChanges(tx, channel, 'mapping', [target]);
};
