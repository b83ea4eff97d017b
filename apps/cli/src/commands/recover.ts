import { type Command } from 'commander';
import { everyItem, unwrap, type Schemas } from '../api.js';
import { Context } from '../context.js';

export const addRecover = (program: Command): void => {
  program
    .command('recover')
    .description('send the complete content to every active target, with the guard on; for after a restore or a loss')
    .option('--full', 'overwrite the groups too: who joined and left since the backup is removed, under the guard')
    .action(async ({ full }: { full?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const mappings = await everyItem((cursor) =>
        unwrap(api.GET('/api/v1/mappings', { params: { query: { state: 'active', limit: 500, cursor } } })),
      );
      const sent: Schemas['Command'][] = [];
      for (const { tenantId, groupId } of mappings) {
        const params = { path: { tenant: tenantId, group: groupId } };
        const requested = full
          ? api.POST('/api/v1/targets/{tenant}/{group}/sync', {
              params,
              body: { kind: 'full' as const, listing: true },
            })
          : api.POST('/api/v1/targets/{tenant}/{group}/resend', { params });
        sent.push(await unwrap(requested));
        await unwrap(api.POST('/api/v1/targets/{tenant}/{group}/report', { params }));
      }
      if (context.output.format !== 'table') return context.output.data(sent);
      context.output.say(`${sent.length} targets are sent everything. collsync status --watch shows how they come in.`);
    });
};
