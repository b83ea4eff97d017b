import type { Command } from 'commander';
import { everyItem, unwrap } from '../api.js';
import { Context } from '../context.js';
import { count } from '../options.js';

export const addDeadLetters = (program: Command): void => {
  program
    .command('dead-letters')
    .description('records that a service could not read or act on, newest first')
    .option('--topic <topic>')
    .option('--code <code>', 'error code')
    .option('--limit <n>', 'records at most', count, 50)
    .action(async ({ limit, ...filter }: { limit: number; topic?: string; code?: string }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const page = (cursor?: string) =>
        unwrap(
          api.GET('/api/v1/dead-letters', { params: { query: { ...filter, limit: Math.min(limit, 500), cursor } } }),
        );
      context.output.rows(
        await everyItem(page, limit),
        [
          { title: 'Time', of: (row) => row.at },
          { title: 'Topic', of: (row) => row.topic },
          { title: 'Partition', of: (row) => row.partition, right: true },
          { title: 'Offset', of: (row) => row.offset, right: true },
          { title: 'Consumer', of: (row) => row.consumer },
          { title: 'Key', of: (row) => row.key },
          { title: 'Code', of: (row) => row.code },
          { title: 'Why', of: (row) => row.why },
        ],
        'Every record could be read.',
      );
    });
};
