import type { Command } from 'commander';
import { everyItem, unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { findTenant } from '../find.js';
import { mappingDocumentOf, mappingFileOf } from '../mapping-file.js';

export const allMappings = (api: Api, tenantId?: string): Promise<Schemas['Mapping'][]> =>
  everyItem((cursor) => unwrap(api.GET('/api/v1/mappings', { params: { query: { limit: 500, cursor, tenantId } } })));

export const addGet = (program: Command): void => {
  program
    .command('get')
    .description('what is set, as `apply` takes it')
    .command('mappings')
    .description('all mappings; -o yaml or json gives the file that makes them again')
    .option('--tenant <id>', 'only those of a tenant')
    .action(async ({ tenant }: { tenant?: string }, command: Command) => {
      const context = Context.of(command);
      const { output } = context;
      const api = await context.api();
      const mappings = await allMappings(api, tenant === undefined ? undefined : await findTenant(api, tenant));
      if (output.format === 'yaml') return output.document(mappingDocumentOf(mappings));
      if (output.format === 'json') return output.data(mappingFileOf(mappings));
      output.rows(
        mappings,
        [
          { title: 'Collection', of: (mapping) => mapping.collectionId },
          { title: 'Collection Name', of: (mapping) => mapping.collectionName },
          { title: 'Target', of: (mapping) => mapping.target },
          { title: 'Group Name', of: (mapping) => mapping.groupName },
          { title: 'State', of: (mapping) => mapping.state },
          { title: 'Read again', of: ({ schedule }) => scheduleWords(schedule) },
          { title: 'Full runs', of: ({ policy }) => policy.fullRuns && policy.fullRuns.expression },
          { title: 'Guard', of: ({ policy: { guard } }) => `${guard.maxRemovals}, ${guard.maxShare * 100} %` },
        ],
        'Nothing is mapped.',
      );
    });
};

const scheduleWords = (schedule: Schemas['Schedule']): string =>
  schedule.kind === 'interval'
    ? `every ${schedule.seconds} s`
    : schedule.kind === 'cron'
      ? `${schedule.expression} ${schedule.timeZone}`
      : 'when asked';
