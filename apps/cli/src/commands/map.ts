import { InvalidArgumentError, Option, type Command } from 'commander';
import { unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findCollection, findGroup, findTarget, findTenant } from '../find.js';

interface MapOptions {
  removeGroup?: string[];
  members: 'leave' | 'remove';
  tenant?: string;
  interval?: number;
  cron?: string;
  timeZone?: string;
  manual?: boolean;
  maxRemovals?: number;
  maxShare?: number;
  paused?: boolean;
  whatIf?: boolean;
}

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
};

/** The options of `map` cover those of the product's Set-CMCollectionCloudSync, with groups by id or by name. */
export const addMap = (program: Command): void => {
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
    .option('--interval <seconds>', 'read an unchanged collection again this often', number)
    .option('--cron <expression>', 'or at these times')
    .option('--time-zone <name>', 'of the expression', 'UTC')
    .option('--manual', 'or only when asked')
    .option('--max-removals <n>', 'removals in 24 hours that the guard lets pass', number)
    .option('--max-share <share>', 'the same as a share of the group, 0 to 1', number)
    .option('--paused', 'create the mapping paused')
    .option('--what-if', 'say what would happen, and do nothing')
    .action(async (collection: string, groups: string[], options: MapOptions, command: Command) =>
      map(Context.of(command), collection, groups, options),
    );
  program
    .command('unmap')
    .description('stop synchronising a group')
    .argument('<target>', 'group id or name, tenant/group, or a collection with one group')
    .addOption(
      new Option('--members <what>', 'what becomes of its members').choices(['leave', 'remove']).makeOptionMandatory(),
    )
    .action(async (given: string, { members }: { members: 'leave' | 'remove' }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      const mapping = await unwrap(
        api.DELETE('/api/v1/mappings/{tenant}/{group}', { params: { path, query: { members } } }),
      );
      told(context, 'deleting', [mapping]);
    });
  for (const [name, description] of [
    ['pause', 'pause a mapping: nothing is sent, a run under way stops'],
    ['resume', 'resume a mapping with a full run'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<target>', 'as for unmap')
      .action(async (given: string, _: object, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const path = await findTarget(api, given);
        told(context, `${name}d`, [
          await unwrap(api.POST(`/api/v1/mappings/{tenant}/{group}/${name}`, { params: { path } })),
        ]);
      });
  }
};

const told = ({ output }: Context, what: string, mappings: readonly Schemas['Mapping'][]): void => {
  if (output.format !== 'table') return output.data(mappings);
  for (const { collectionId, collectionName, groupName, groupId, state } of mappings) {
    output.text(`${what}: ${collectionName || collectionId} → ${groupName || groupId} (${state})`);
  }
};

const scheduleOf = ({ interval, cron, timeZone, manual }: MapOptions): Schemas['ScheduleGiven'] | undefined => {
  if ([interval, cron, manual].filter((given) => given !== undefined).length > 1) {
    throw new CliError('--interval, --cron and --manual exclude each other.', EXIT.usage);
  }
  if (manual) return { kind: 'manual' };
  if (cron !== undefined) return { kind: 'cron', expression: cron, timeZone: timeZone ?? 'UTC' };
  return interval === undefined ? undefined : { kind: 'interval', seconds: interval };
};

const map = async (context: Context, collection: string, groups: string[], options: MapOptions): Promise<void> => {
  const remove = options.removeGroup ?? [];
  if (groups.length + remove.length === 0)
    throw new CliError('No group was named.', EXIT.usage, 'collsync groups search shows them.');
  const api = await context.api();
  const tenant = await findTenant(api, options.tenant);
  const { collectionId, collectionName } = await findCollection(api, collection);
  const schedule = scheduleOf(options);
  const { maxRemovals, maxShare } = options;
  // every name is understood before anything is changed
  const added = await eachGroup(api, tenant, groups);
  const removed = await eachGroup(api, tenant, remove);
  await refuseForeign(api, tenant, collectionId, removed);
  if (options.whatIf) {
    for (const { groupName, groupId } of added)
      context.output.say(`would map ${collectionName} (${collectionId}) to ${groupName} (${groupId})`);
    for (const { groupName, groupId } of removed)
      context.output.say(`would unmap ${groupName} (${groupId}), members: ${options.members}`);
    return;
  }
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
      policy: {
        guard: {
          ...(maxRemovals === undefined ? {} : { maxRemovals }),
          ...(maxShare === undefined ? {} : { maxShare }),
        },
      },
    };
    mappings.push(await unwrap(api.POST('/api/v1/mappings', { body })));
  }
  told(context, 'mapped', mappings);
  for (const { groupId } of removed) {
    const params = { path: { tenant, group: groupId }, query: { members: options.members } };
    told(context, 'deleting', [await unwrap(api.DELETE('/api/v1/mappings/{tenant}/{group}', { params }))]);
  }
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
    if (mapping.collectionId !== collection) {
      throw new CliError(
        `${groupName} is synchronised with ${mapping.collectionId}, not with ${collection}.`,
        EXIT.conflict,
      );
    }
  }
};
