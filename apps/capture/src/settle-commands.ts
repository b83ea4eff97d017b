import type { CaptureContext } from './context.js';
import { tellTarget } from './records.js';
import { lockCollection } from './sql/collection-row.js';
import { dropCommand, waitingCommands } from './sql/command-rows.js';
import { lockTarget } from './sql/target-row.js';

/** Answers incremental commands whose read is done: nothing to do, or silence when content went out, which the writer tells about. */
export const settleCommands = (context: CaptureContext, collection: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const row = await lockCollection(tx, collection);
    if (!row) return;
    for (const command of await waitingCommands(tx, collection, row.read_asked)) {
      if (command.kind !== 'incremental') continue;
      const target = await lockTarget(tx, command.target);
      const moved = target?.sent !== command.base;
      const nothing = target?.sent === row.version;
      if (target?.state === 'active' && !moved && !nothing) continue;
      if (target && !moved && nothing) {
        await tellTarget(context, tx, target, { event: 'nothing-to-do', command: command.id, version: row.version });
      }
      await dropCommand(tx, command.id);
    }
  });
