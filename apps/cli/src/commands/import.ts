import type { Command } from 'commander';
import { unwrap } from '../api.js';
import { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';

export const addImport = (program: Command): void => {
  program
    .command('import')
    .description('take over the relations of Configuration Manager’s own cloud sync')
    .option('--dry-run', 'list them only')
    .option('--active', 'start at once, instead of creating the mappings paused')
    .action(async ({ dryRun, active }: { dryRun?: boolean; active?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      if (dryRun) {
        const { items } = await unwrap(api.GET('/api/v1/migration/relations'));
        return context.output.rows(
          items,
          [
            { title: 'Collection Id', of: (row) => row.collectionId },
            { title: 'Collection Name', of: (row) => row.collectionName },
            { title: 'Group Id', of: (row) => row.groupId },
            { title: 'Group Name', of: (row) => row.groupName },
            { title: 'State', of: (row) => row.state },
            { title: 'Mapped to', of: (row) => row.mappedCollectionId },
          ],
          'The product synchronises nothing.',
        );
      }
      const { results } = await unwrap(api.POST('/api/v1/migration/take-over', { body: { paused: !active } }));
      context.output.rows(
        results,
        [
          { title: 'Target', of: (row) => row.target },
          { title: 'Result', of: (row) => (row.mapping ? `mapped (${row.mapping.state})` : row.problem?.detail) },
        ],
        'There was nothing to take over.',
      );
      if (!active && results.some(({ mapping }) => mapping)) {
        context.output.say(
          'Take the groups off the collections’ Cloud Sync tab, look at a preview, then resume the mappings.',
        );
      }
      if (results.some(({ problem }) => problem)) process.exitCode = EXIT.conflict;
    });
};
