import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { unwrap, type Api } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { count } from '../options.js';
import { age } from '../output/output.js';
import { codeOfRow } from '../converged.js';
import { COUNT_COLUMNS, listRows } from './collections.js';

export const addStatus = (program: Command): void => {
  program
    .command('status')
    .description('all targets at a glance; exit code 10 when one of them failed, is held or stale')
    .option('--watch', 'again and again')
    .option('--every <seconds>', 'with --watch', count, 2)
    .action(async ({ watch, every }: { watch?: boolean; every: number }, command: Command) => {
      const context = Context.of(command);
      if (watch && context.output.format !== 'table')
        throw new CliError('--watch shows a table.', EXIT.usage, 'Leave --watch or -o out.');
      const api = await context.api();
      await showStatus(context, api);
      while (watch) {
        await pause(every * 1_000);
        context.output.clear();
        await showStatus(context, api);
      }
    });
};

const showStatus = async ({ output }: Context, api: Api): Promise<void> => {
  const rows = await listRows(api, { mapped: 'true' });
  const { items: upstreams } = await unwrap(api.GET('/api/v1/upstreams'));
  process.exitCode = rows.some((row) => codeOfRow(row) !== EXIT.ok) ? EXIT.differs : EXIT.ok;
  if (output.format !== 'table') return output.data({ targets: rows, upstreams });
  output.rows(
    rows,
    [
      { title: 'Collection', of: (row) => row.collectionName },
      { title: 'Group', of: (row) => row.groupName },
      ...COUNT_COLUMNS,
      { title: 'Held', of: (row) => row.syncHeld, right: true },
      { title: 'Checked', of: (row) => age(row.sourceCheckedTime) },
      { title: 'Last Sync', of: (row) => age(row.lastSyncTime) },
    ],
    'Nothing is mapped.',
  );
  for (const { groupName, problem, statusDetail } of rows) {
    if (problem) output.say(`${groupName ?? ''}: ${problem.message} ${problem.advice}`);
    else if (statusDetail) output.say(`${groupName ?? ''}: ${statusDetail}`);
  }
  for (const { kind, name, state, reason, progress } of upstreams) {
    if (state === 'ready') continue;
    const done = progress ? ` ${progress.done}/${progress.total ?? '?'} ${progress.unit}` : '';
    output.say(`${kind} ${name} is ${state}${done}${reason ? `: ${reason}` : ''}`);
  }
};
