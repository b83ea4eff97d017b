import type { Command } from 'commander';
import { everyItem, unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { findCollection, findGroup, findTenant } from '../find.js';
import { count } from '../options.js';
import type { Column } from '../output/output.js';

type Row = Schemas['CollectionRow'];

export const COUNT_COLUMNS: Column<Row>[] = [
  { title: 'Status', of: (row) => row.cloudSyncStatus },
  { title: 'Members', of: (row) => row.memberCount, right: true },
  { title: 'Completed', of: (row) => row.syncCompleted, right: true },
  { title: 'InProgress', of: (row) => row.syncInProgress, right: true },
  { title: 'Waiting', of: (row) => row.syncWaiting, right: true },
  { title: 'Failed', of: (row) => row.syncFailed, right: true },
];

/** The product's nine default columns. */
const DEFAULT_COLUMNS: Column<Row>[] = [
  { title: 'Collection Id', of: (row) => row.collectionId },
  { title: 'Collection Name', of: (row) => row.collectionName },
  { title: 'Group Id', of: (row) => row.groupId },
  { title: 'Group Name', of: (row) => row.groupName },
  ...COUNT_COLUMNS,
  { title: 'Problem', of: (row) => row.problem?.code ?? '' },
];

export const listRows = (api: Api, query: Record<string, unknown>, most?: number): Promise<Row[]> =>
  everyItem(
    (cursor) =>
      unwrap(
        api.GET('/api/v1/collections', { params: { query: { limit: Math.min(most ?? 500, 500), ...query, cursor } } }),
      ),
    most,
  );

export const addCollections = (program: Command): void => {
  program
    .command('collections')
    .description('collections with their targets, mapped or not')
    .option('--search <text>', 'part of a name or id')
    .option('--status <word>', 'Success, Partial Success, Failed, In Progress, Held, Paused or Stale')
    .option('--mapped', 'only mapped ones')
    .option('--unmapped', 'only those without a target')
    .option('--type <type>', 'Device or User')
    .option('--sort <column>', 'such as collectionName, syncFailed, lastSyncTime', 'collectionName')
    .option('--desc', 'in descending order')
    .option('--limit <n>', 'rows at most', count)
    .action(async (options: Record<string, string | number | boolean | undefined>, command: Command) => {
      const context = Context.of(command);
      const mapped = options['mapped'] ? 'true' : options['unmapped'] ? 'false' : undefined;
      const { search, status, type, sort, limit } = options;
      const query = { search, status, type, sort, mapped, order: options['desc'] ? 'desc' : 'asc' };
      const rows = await listRows(await context.api(), query, typeof limit === 'number' ? limit : undefined);
      context.output.rows(rows, DEFAULT_COLUMNS, 'No collection fits.');
    });
};

export const addGroups = (program: Command): void => {
  const groups = program.command('groups').description('groups of a tenant');
  groups
    .command('search')
    .description('groups whose name starts with a text; all without one')
    .argument('[prefix]', 'start of the name, or an id', '')
    .option('--tenant <id>', 'tenant; needed when several are configured')
    .option('--limit <n>', 'groups at most', count, 1_000)
    .action(async (prefix: string, options: { tenant?: string; limit: number }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const tenant = await findTenant(api, options.tenant);
      const page = (cursor?: string) =>
        unwrap(
          api.GET('/api/v1/tenants/{tenant}/groups', {
            params: { path: { tenant }, query: { startsWith: prefix, limit: Math.min(options.limit, 100), cursor } },
          }),
        );
      context.output.rows(await everyItem(page, options.limit), [
        { title: 'Group Id', of: (group) => group.groupId },
        { title: 'Group Name', of: (group) => group.groupName },
        { title: 'Usable', of: (group) => (group.writable ? 'yes' : 'no') },
        { title: 'Collection', of: (group) => group.collectionId },
        { title: 'To fix', of: (group) => group.problems.map(({ code }) => code).join(', ') },
      ]);
    });
  groups
    .command('check')
    .description('may this group be synchronised, and what is to be fixed first')
    .argument('<group>', 'name or id')
    .option('--tenant <id>', 'tenant; needed when several are configured')
    .action(async (given: string, options: { tenant?: string }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const tenant = await findTenant(api, options.tenant);
      const { groupId } = await findGroup(api, tenant, given);
      const path = { tenant, group: groupId };
      const found = await unwrap(api.GET('/api/v1/tenants/{tenant}/groups/{group}/preflight', { params: { path } }));
      context.output.one(found, [
        ['Group', `${found.groupName} (${found.groupId})`],
        ['Usable', found.writable ? 'yes' : 'no'],
        ...found.problems.map(({ message }) => ['To fix', message] as const),
        ...found.warnings.map(({ message }) => ['Note', message] as const),
      ]);
    });
  program
    .command('collection')
    .description('one collection: what the site says of it, and the proof of its reads')
    .argument('<collection>', 'id or name')
    .action(async (given: string, _: object, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const { collectionId } = await findCollection(api, given);
      const found = await unwrap(api.GET('/api/v1/collections/{id}', { params: { path: { id: collectionId } } }));
      context.output.one(found, [
        ['Collection', `${found.collectionName} (${found.collectionId}, ${found.collectionType})`],
        ['State', found.state],
        ['Problem', found.problem && `${found.problem.message} ${found.problem.advice}`],
        ['Members', found.memberCount],
        ['Checked', found.checkedTime],
        ['Last read', found.lastRead && `${found.lastRead.verdict}, ${found.lastRead.rows} rows, ${found.lastRead.at}`],
        ['Why', found.lastRead?.why],
        [
          'Targets',
          found.targets.map(({ groupName, cloudSyncStatus }) => `${groupName}: ${cloudSyncStatus}`).join(', '),
        ],
      ]);
    });
};
