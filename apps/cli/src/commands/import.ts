import type { Command } from 'commander';
import { unwrap } from '../api.js';
import { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';

export const addImport = (program: Command): void => {
  program
    .command('import')
    .description('take over the relations of Configuration Manager’s own cloud sync')
    .option('--dry-run', 'say of each what would be done with it, and do nothing')
    .option('--active', 'start at once, instead of creating the mappings paused')
    .action(async ({ dryRun, active }: { dryRun?: boolean; active?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const params = { query: dryRun ? { dryRun: 'true' as const } : {} };
      const { results } = await unwrap(api.POST('/api/v1/migration/take-over', { params, body: { paused: !active } }));
      context.output.rows(
        results,
        [
          { title: 'Collection Id', of: (row) => row.collectionId },
          { title: 'Collection Name', of: (row) => row.collectionName },
          { title: 'Group Id', of: (row) => row.groupId },
          { title: 'Group Name', of: (row) => row.groupName },
          { title: 'As of', of: (row) => row.asOf },
          {
            title: dryRun ? 'Would be' : 'Result',
            of: (row) => (row.mapping ? `mapped (${row.mapping.state})` : 'refused'),
          },
          {
            title: 'Note',
            of: ({ problem, notes }) => [problem?.detail, problem?.advice, ...notes].filter(Boolean).join(' '),
          },
        ],
        'There is nothing to take over.',
      );
      if (!active && !dryRun && results.some(({ mapping }) => mapping)) {
        context.output.say(
          'Take the groups off the collections’ Cloud Sync tab, look at a preview, then resume the mappings.',
        );
      }
      if (results.some(({ problem }) => problem)) process.exitCode = EXIT.conflict;
    });
};
