import type { CaptureContext } from '../context.js';
import { reportTarget } from '../publish.js';
import { lockCollection } from '../store/collections.js';
import { dropCommand, waitingCommands } from '../store/commands.js';
import { lockTarget } from '../store/targets.js';

/** Answers incremental commands whose read is done: nothing to do, or silence when content went out, which the writer reports on. */
export const answerCommands = (context: CaptureContext, collection: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const row = await lockCollection(tx, collection);
    if (!row) return;
    for (const command of await waitingCommands(tx, collection, row.readRequested)) {
      if (command.kind !== 'incremental') continue;
      const target = await lockTarget(tx, command.target);
      const moved = target?.sent !== command.base;
      const nothing = target?.sent === row.version;
      if (target?.state === 'active' && !moved && !nothing) continue;
      if (target && !moved && nothing) {
        await reportTarget(context, tx, target, { event: 'nothing-to-do', command: command.id, version: row.version });
      }
      await dropCommand(tx, command.id);
    }
  });
