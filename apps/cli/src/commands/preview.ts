import { type Command } from 'commander';
import { everyItem, unwrap } from '../api.js';
import { Context } from '../context.js';
import { effectWords, previewOf } from '../effect.js';
import { findCollection, findGroup, findTenant } from '../find.js';
import { count } from '../options.js';

export const addPreview = (program: Command): void => {
  program
    .command('preview')
    .description('compare a collection with a group, changing nothing')
    .argument('<collection>', 'id or name')
    .argument('<group>', 'id or name')
    .option('--tenant <id>', 'tenant; needed when several are configured')
    .option('--timeout <seconds>', 'how long to wait', count, 300)
    .action(
      async (collection: string, group: string, options: { tenant?: string; timeout: number }, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const tenant = await findTenant(api, options.tenant);
        const { collectionId } = await findCollection(api, collection);
        const { groupId } = await findGroup(api, tenant, group);
        const found = await previewOf(api, { tenant, group: groupId }, collectionId, options.timeout);
        const { id } = found;
        const members = await everyItem((cursor) =>
          unwrap(api.GET('/api/v1/previews/{id}/members', { params: { path: { id }, query: { limit: 500, cursor } } })),
        );
        if (context.output.format !== 'table') return context.output.data({ ...found, members });
        for (const { change, name, objectId, reason } of members) {
          if (change !== 'keep')
            context.output.text(`${SIGNS[change]} ${name || objectId}${reason ? ` (${reason})` : ''}`);
        }
        context.output.say(effectWords(found));
      },
    );
};

const SIGNS = { add: '+', remove: '-', keep: ' ', unresolved: '?' } as const;
