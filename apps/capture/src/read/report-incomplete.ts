import type { SavedRead } from '../store/reads.js';
import { ERRORS, type ReadProof } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import type { CaptureContext } from '../context.js';
import { reportTarget } from '../publish.js';
import { dropCommand, recordCommandFailure, waitingCommands } from '../store/commands.js';
import { findTarget, recordFailure, waitingFulls } from '../store/targets.js';

const ADVICE =
  'Nobody is removed and the read is repeated automatically. If it stays so, look at the collection in the console of the site and at the rights of the account.';

/** Reports to whoever waits for a complete read that this was none: once per reason. The full stays requested. */
export const reportIncomplete = async (
  context: CaptureContext,
  tx: Tx,
  read: Pick<SavedRead, 'collection' | 'requested' | 'proof'>,
): Promise<void> => {
  const { collection, requested, proof } = read;
  if (proof.verdict === 'complete') return;
  const story = failure(proof);
  for (const target of await waitingFulls(tx, collection, requested)) {
    if (target.failedWhy === story.message) continue;
    await reportTarget(context, tx, target, { ...story, reason: target.fullReason ?? '' });
    await recordFailure(tx, target.target, story.message);
  }
  for (const command of await waitingCommands(tx, collection, requested)) {
    if (command.failedWhy === story.message) continue;
    const target = await findTarget(tx, command.target);
    const of = { target: command.target, collection, activated: target?.activated ?? 0 };
    await reportTarget(context, tx, of, { ...story, reason: `command:${command.id}` });
    if (command.kind === 'incremental') await dropCommand(tx, command.id);
    else await recordCommandFailure(tx, command.id, story.message);
  }
};

const failure = ({ why = '' }: ReadProof) => ({
  event: 'capture-failed' as const,
  code: 'SOURCE_ANSWER_UNREADABLE' satisfies keyof typeof ERRORS,
  message: `The collection could not be read completely: ${why}.`,
  advice: ADVICE,
});
