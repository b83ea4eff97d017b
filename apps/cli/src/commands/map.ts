import { Option, type Command } from 'commander';
import { unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findCollection, findGroup, findTarget, findTenant } from '../find.js';
import { settingsOf, settingsOptions, type SettingsOptions } from '../mapping-settings.js';

type Members = 'leave' | 'remove';

interface MapOptions extends SettingsOptions {
  removeGroup?: string[];
  members: Members;
  tenant?: string;
  paused?: boolean;
  whatIf?: boolean;
}

const WHAT_IF = ['--what-if', 'check and say what would happen, and do nothing'] as const;

/** The options of `map` cover those of the product's Set-CMCollectionCloudSync, with groups by id or by name. */
export const addMap = (program: Command): void => {
  settingsOptions(
    program
      .command('map')
      .description('synchronise a collection to groups, or stop doing so')
      .argument('<collection>', 'id or name')
      .argument('[group...]', 'groups to add, by id or by name')
      .option('--remove-group <group...>', 'groups to take away')
      .addOption(
        new Option('--members <what>', 'what becomes of the members of groups taken away')
          .choices(['leave', 'remove'])
          .default('leave'),
      )
      .option('--tenant <id>', 'tenant; needed when several are configured')
      .option('--paused', 'create the mapping paused')
      .option(...WHAT_IF),
  ).action(async (collection: string, groups: string[], options: MapOptions, command: Command) =>
    map(Context.of(command), collection, groups, options),
  );
  settingsOptions(
    program
      .command('change')
      .description('change schedule, guard, full runs or collection of a mapping; what is not named stays')
      .argument('<target>', 'group id or name, tenant/group, or a collection with one group')
      .option('--collection <collection>', 'give the group to another collection: a full run replaces its members')
      .option(...WHAT_IF),
  ).action(change);
  program
    .command('unmap')
    .description('stop synchronising a group')
    .argument('<target>', 'as for change')
    .addOption(
      new Option('--members <what>', 'what becomes of its members').choices(['leave', 'remove']).makeOptionMandatory(),
    )
    .option(...WHAT_IF)
    .action(async (given: string, options: { members: Members; whatIf?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      report(context, said(options, 'deleting'), [await remove(api, path, options)]);
    });
  for (const [name, description] of [
    ['pause', 'pause a mapping: nothing is sent, a run under way stops'],
    ['resume', 'resume a mapping with a full run'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<target>', 'as for change')
      .action(async (given: string, _: object, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const path = await findTarget(api, given);
        report(context, `${name}d`, [
          await unwrap(api.POST(`/api/v1/mappings/{tenant}/{group}/${name}`, { params: { path } })),
        ]);
      });
  }
};

const said = ({ whatIf }: { whatIf?: boolean }, word: string): string => (whatIf ? `would be ${word}` : word);
const dryRun = ({ whatIf }: { whatIf?: boolean }) => (whatIf ? { dryRun: 'true' as const } : {});

const report = ({ output }: Context, what: string, mappings: readonly Schemas['Mapping'][]): void => {
  if (output.format !== 'table') return output.data(mappings);
  for (const { collectionId, collectionName, groupName, groupId, state } of mappings)
    output.text(`${what}: ${collectionName || collectionId} → ${groupName || groupId} (${state})`);
};

const remove = (
  api: Api,
  path: { tenant: string; group: string },
  options: { members: Members; whatIf?: boolean },
): Promise<Schemas['Mapping']> => {
  const query = { members: options.members, ...dryRun(options) };
  return unwrap(api.DELETE('/api/v1/mappings/{tenant}/{group}', { params: { path, query } }));
};

const change = async (
  given: string,
  options: SettingsOptions & { collection?: string; whatIf?: boolean },
  command: Command,
): Promise<void> => {
  const context = Context.of(command);
  const settings = settingsOf(options);
  const api = await context.api();
  const path = await findTarget(api, given);
  const collection = options.collection === undefined ? undefined : await findCollection(api, options.collection);
  const body = { ...settings, ...(collection ? { collectionId: collection.collectionId } : {}) };
  if (Object.keys(body).length === 0)
    throw new CliError('Nothing to change was named.', EXIT.usage, 'collsync change --help lists what can be.');
  const params = { path, query: dryRun(options) };
  report(context, said(options, 'changed'), [
    await unwrap(api.PATCH('/api/v1/mappings/{tenant}/{group}', { params, body })),
  ]);
};

const map = async (context: Context, collection: string, groups: string[], options: MapOptions): Promise<void> => {
  const removals = options.removeGroup ?? [];
  if (groups.length + removals.length === 0)
    throw new CliError('No group was named.', EXIT.usage, 'collsync groups search shows them.');
  const { policy = {}, schedule } = settingsOf(options);
  const api = await context.api();
  const tenant = await findTenant(api, options.tenant);
  const { collectionId } = await findCollection(api, collection);
  // every name is understood before anything is changed
  const added = await eachGroup(api, tenant, groups);
  const removed = await eachGroup(api, tenant, removals);
  await refuseForeign(api, tenant, collectionId, removed);
  const mappings: Schemas['Mapping'][] = [];
  for (const { groupId, groupName } of added) {
    const body = {
      tenantId: tenant,
      groupId,
      groupName,
      collectionId,
      paused: options.paused ?? false,
      preflight: 'require' as const,
      ...(schedule ? { schedule } : {}),
      policy,
    };
    mappings.push(await unwrap(api.POST('/api/v1/mappings', { params: { query: dryRun(options) }, body })));
  }
  const left: Schemas['Mapping'][] = [];
  for (const { groupId } of removed) left.push(await remove(api, { tenant, group: groupId }, options));
  if (context.output.format !== 'table') return context.output.data([...mappings, ...left]);
  report(context, said(options, 'mapped'), mappings);
  report(context, said(options, 'deleting'), left);
};

const eachGroup = async (api: Api, tenant: string, groups: readonly string[]): Promise<Schemas['Group'][]> => {
  const found: Schemas['Group'][] = [];
  for (const group of groups) found.push(await findGroup(api, tenant, group));
  return found;
};

const refuseForeign = async (
  api: Api,
  tenant: string,
  collection: string,
  groups: readonly Schemas['Group'][],
): Promise<void> => {
  for (const { groupId, groupName } of groups) {
    const mapping = await unwrap(
      api.GET('/api/v1/mappings/{tenant}/{group}', { params: { path: { tenant, group: groupId } } }),
    );
    if (mapping.collectionId === collection) continue;
    throw new CliError(
      `${groupName} is synchronised with ${mapping.collectionId}, not with ${collection}.`,
      EXIT.conflict,
      'Name the collection that it is synchronised with.',
    );
  }
};
