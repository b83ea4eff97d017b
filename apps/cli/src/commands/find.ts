import type { Command } from 'commander';
import { everyItem, unwrap } from '../api.js';
import { Context } from '../context.js';
import { count } from '../options.js';
import { age } from '../output/output.js';

export const addFind = (program: Command): void => {
  program
    .command('find')
    .description('a device or user over all groups: in which, because of which collection, with which state')
    .argument('<search>', 'begin of the name, ResourceID, or directory object id')
    .option('--limit <n>', 'rows at most', count, 100)
    .action(async (search: string, { limit }: { limit: number }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const page = (cursor?: string) =>
        unwrap(api.GET('/api/v1/resources', { params: { query: { search, limit: Math.min(500, limit), cursor } } }));
      context.output.rows(
        await everyItem(page, limit),
        [
          { title: 'Name', of: ({ member }) => member.name },
          { title: 'Collection', of: ({ collectionName, collectionId }) => `${collectionName} (${collectionId})` },
          { title: 'Group', of: ({ groupName }) => groupName },
          { title: 'State', of: ({ member }) => member.state },
          { title: 'Since', of: ({ member }) => age(member.time) },
          { title: 'Reason', of: ({ member }) => member.reason },
          { title: 'What to do', of: ({ member }) => member.advice },
        ],
        'No synchronised collection names anybody like this.',
      );
    });
};
