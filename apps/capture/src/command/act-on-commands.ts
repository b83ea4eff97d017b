import { asAppError } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from '../context.js';
import { reportTarget } from '../publish.js';
import { requestRead } from '../store/collections.js';
import { dropCommand, keepWaiting, nextCommand, type CommandRow } from '../store/commands.js';
import { sourceState } from '../store/source.js';
import { requestFull, findTarget, lockTarget, requireComplete, type TargetRow } from '../store/targets.js';

/** Acts on the oldest command; true when there was one. */
export const actOnCommand = async (context: CaptureContext): Promise<boolean> => {
  let taken: CommandRow | undefined;
  try {
    const acted = await context.database.transaction(async (tx) => {
      taken = await nextCommand(tx);
      if (!taken) return false;
      if (taken.expired) await dropCommand(tx, taken.id);
      else if (taken.kind === 'preview') await preview(context, tx, taken);
      else await act(context, tx, taken);
      return true;
    });
    if (acted) context.wake();
    return acted;
  } catch (error) {
    if (!taken || asAppError(error).retryable) throw error;
    await refuse(context, taken, error);
    return true;
  }
};

/** What failed for no reason outside would fail again, and hold up the commands behind it. */
const refuse = (context: CaptureContext, command: CommandRow, error: unknown): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { message, advice } = asAppError(error);
    context.log.error({ target: command.target, command: command.id, kind: command.kind, error }, 'a command failed');
    const target = await lockTarget(tx, command.target);
    const why = `The command could not be acted on: ${message} ${advice}`;
    await (target ? answer(context, tx, command, target, false, why) : dropCommand(tx, command.id));
  });

/** A preview may name a collection that is not mapped; it waits for a complete read. */
const preview = async (context: CaptureContext, tx: Tx, command: CommandRow): Promise<void> => {
  const mapped = await findTarget(tx, command.target);
  const collection = command.collection ?? mapped?.collection;
  if (!collection) return dropCommand(tx, command.id);
  const type = command.collectionType ?? mapped?.collectionType ?? 'device';
  const requested = await requestRead(tx, collection, type);
  await keepWaiting(tx, { id: command.id, collection, collectionType: type, requested, base: null });
};

const act = async (context: CaptureContext, tx: Tx, command: CommandRow): Promise<void> => {
  const found = await findTarget(tx, command.target);
  if (!found) return;
  if (found.state !== 'active') return answer(context, tx, command, found, false, NOT_ACTIVE[found.state]);
  const requested = await requestRead(tx, found.collection, found.collectionType);
  const target = await lockTarget(tx, command.target);
  if (!target || target.state !== 'active' || target.collection !== found.collection) return;
  if (command.kind === 'full') await requestFull(tx, target.target, `command:${command.id}`, requested);
  if (command.kind === 'resend') await requireComplete(tx, target.target);
  if (command.kind === 'incremental') {
    const { collection, collectionType, sent: base } = target;
    await keepWaiting(tx, { id: command.id, collection, collectionType, requested, base });
    await reportTarget(context, tx, target, {
      event: 'command-answered',
      command: command.id,
      accepted: true,
      message: await accepted(tx),
    });
    return;
  }
  await answer(context, tx, command, target, true, await accepted(tx));
};

/** That a read is asked for is no promise that the source answers. */
const accepted = async (tx: Tx): Promise<string> => {
  const { state, reason } = await sourceState(tx);
  return state === 'unavailable'
    ? `The site cannot be read at present: ${reason ?? 'it does not answer'} The collection is read as soon as it can be.`
    : 'The collection is read next.';
};

const NOT_ACTIVE = {
  active: '',
  paused: 'The mapping is paused. Resume it: that requests a full synchronisation.',
  deleting: 'The mapping is being deleted.',
  deleted: 'The mapping is deleted.',
} as const;

const answer = async (
  context: CaptureContext,
  tx: Tx,
  command: CommandRow,
  target: TargetRow,
  accepted: boolean,
  message: string,
): Promise<void> => {
  await reportTarget(context, tx, target, { event: 'command-answered', command: command.id, accepted, message });
  await dropCommand(tx, command.id);
};
