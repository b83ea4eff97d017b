import { asAppError } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { WriterContext } from '../context.js';
import { approvePart, approvePlan, closeEmptied, keepObjects } from '../guard/plans.js';
import { reportSnapshotStep } from '../report/report-members.js';
import { stopRun } from '../run/stop-run.js';
import {
  isWaiting,
  lockCommand,
  markActed,
  otherReports,
  storeProgress,
  type CommandQueue,
  type StoredCommand,
} from '../store/commands.js';
import { forgetUnmanagedOf } from '../store/entries.js';
import { countPending } from '../store/pending.js';
import { joinRetries } from '../store/retries.js';
import { findHoldingPlan, openPlans } from '../store/plans.js';
import { addTally, openRun } from '../store/runs.js';
import { lockTarget, setDue, storeRefusals, type Target } from '../store/targets.js';
import { withTarget, type TargetSession } from '../target-session.js';

interface Answer {
  readonly accepted: boolean;
  readonly message: string;
}

const accepted = (message: string): Answer => ({ accepted: true, message });
const refused = (message: string): Answer => ({ accepted: false, message });

/**
 * Acts on the oldest command of the queue whose target is free: one transaction, so once. An expired one is answered and nothing else. A report
 * goes out in steps. True when there may be more.
 */
export const actOnNext = async (writer: WriterContext, queue: CommandQueue): Promise<boolean> => {
  let taken: StoredCommand | undefined;
  try {
    return await writer.database.transaction(async (tx) => {
      const command = await lockCommand(tx, queue);
      if (!command) return false;
      const target = await lockTarget(tx, command.target);
      if (!target) return false;
      taken = command;
      await withTarget(writer, tx, target, (session) => actAndAnswer(session, command), command.progress?.part);
      return true;
    });
  } catch (error) {
    if (!taken || asAppError(error).retryable) throw error;
    await refuse(writer, taken, error);
    return true;
  }
};

const actAndAnswer = async (session: TargetSession, command: StoredCommand): Promise<void> => {
  const answer =
    command.expired && !command.progress
      ? refused('The command came too late and was not acted on. Give it again.')
      : await actOn(session, command);
  if (answer) await reportAnswer(session, command, answer);
};

const reportAnswer = async (
  session: TargetSession,
  command: Pick<StoredCommand, 'id' | 'kind' | 'collection'>,
  answer: Answer,
): Promise<void> => {
  const { writer, tx, target, report } = session;
  await markActed(tx, command.id);
  report.run(
    { event: 'command-answered', command: command.id, ...answer },
    command.collection ? { collection: target.collection ?? command.collection } : {},
  );
  writer.log.info({ target: target.target, command: command.id, kind: command.kind, ...answer }, 'command answered');
};

/** What failed for no reason outside would fail again, and hold up the commands behind it. */
const refuse = (writer: WriterContext, command: StoredCommand, error: unknown): Promise<void> =>
  writer.database.transaction(async (tx) => {
    const target = await lockTarget(tx, command.target);
    if (!target || !(await isWaiting(tx, command.id))) return;
    const { message, advice } = asAppError(error);
    writer.log.error({ target: target.target, command: command.id, kind: command.kind, error }, 'a command failed');
    await withTarget(writer, tx, target, (session) =>
      reportAnswer(session, command, refused(`The command could not be acted on: ${message} ${advice}`)),
    );
  });

/** Undefined when there is more to do. */
const actOn = async (session: TargetSession, command: StoredCommand): Promise<Answer | undefined> => {
  const { tx, target } = session;
  switch (command.kind) {
    case 'cancel':
      return cancel(session, command);
    case 'retry':
      return retry(tx, target);
    case 'approve':
    case 'reject':
      return decide(session, command);
    case 'report':
      return reportAll(session, command);
    default:
      return refused(`The writer does not know the command ${command.kind}.`);
  }
};

/** Stops the calls, not the desired state: what is due and wanted stays; what a full run found and nobody wants is forgotten. */
const cancel = async (session: TargetSession, command: StoredCommand): Promise<Answer> => {
  const { tx, target } = session;
  if (!(await openRun(tx, target.id))) return refused('No run of this group is under way.');
  const run = await stopRun(session, `cancelled by ${command.by}`);
  if (run?.kind === 'full') await forgetUnmanagedOf(tx, target.id, run.id);
  await closeEmptied(session);
  return accepted('The run was cancelled. What is wanted stays, and is done by the next run.');
};

const retry = async (tx: Tx, target: Target): Promise<Answer> => {
  if (target.state !== 'active' && target.state !== 'deleting') return refused('The mapping is not active.');
  const run = await openRun(tx, target.id);
  const { joined, reopened } = await joinRetries(tx, target.id, run?.id ?? null, { all: true });
  if (run?.phase === 'applying') await addTally(tx, run.id, { joined, failed: -reopened });
  await storeRefusals(tx, target.id, 0);
  const { adds, removes } = await countPending(tx, target.id);
  if (adds + removes === 0 && target.due === null) return refused('Nothing waits to be tried again.');
  if (!run) await setDue(tx, target.id, 'incremental', 'retry command');
  return accepted(`${adds + removes} members are tried again.`);
};

const decide = async (session: TargetSession, command: StoredCommand): Promise<Answer> => {
  const { tx, target } = session;
  const plan = await findHoldingPlan(tx, target.id, command.plan ?? '');
  if (!plan) return refused('Nobody is held by this plan: it was approved, or nothing of it is left.');
  if (plan.state === 'open' && plan.expired) return refused('The plan has just expired; its members stay.');
  if (command.kind === 'reject' && command.keep) {
    if (plan.state === 'kept') return refused('These members are kept already.');
    await keepObjects(session, plan, 'kept', command.by);
    return accepted('These members stay in the group, unmanaged; full synchronisations leave them.');
  }
  if (command.kind === 'reject') {
    if (plan.state !== 'open') return refused(`The plan is ${plan.state} already; its members stay.`);
    await keepObjects(session, plan, 'rejected', command.by);
    return accepted('The removals were rejected; these members stay until a full run plans them anew.');
  }
  if (target.state === 'paused') return refused('The mapping is paused. Resume it first.');
  const released = command.objects
    ? await approvePart(session, plan, command.objects, command.by)
    : await approvePlan(session, plan, command.by);
  return accepted(`${released} removals were approved.`);
};

const reportAll = async (session: TargetSession, command: StoredCommand): Promise<Answer | undefined> => {
  const { tx, target, report } = session;
  if (!command.progress) {
    const again = accepted('Another report of this group begins now, and tells the same.');
    for (const other of await otherReports(tx, command)) await reportAnswer(session, other, again);
  }
  const progress = await reportSnapshotStep(session, command.progress ?? undefined);
  if (progress) {
    await storeProgress(tx, command.id, progress);
    return undefined;
  }
  for (const plan of await openPlans(tx, target.id)) {
    report.run({
      event: 'held',
      ...(plan.run === null ? {} : { run: plan.run }),
      plan: plan.id,
      removals: plan.removals,
      guard: plan.guard,
      expiresAt: plan.expiresAt.toISOString(),
    });
  }
  return accepted('The whole ledger was told again.');
};
