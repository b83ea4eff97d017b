import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import { DEFAULT_POLICY, DEFAULT_SCHEDULE, policy, schedule } from '@collection-sync/core';
import { everyItem, unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findCollection, findGroup, findTenant } from '../find.js';
import { changesBetween, type Change, type Wanted } from './mapping-diff.js';

const file = z.strictObject({
  tenant: z.string().optional(),
  mappings: z.array(
    z.strictObject({
      collection: z.string(),
      group: z.string(),
      tenant: z.string().optional(),
      paused: z.boolean().default(false),
      policy: policy.optional(),
      schedule: schedule.optional(),
    }),
  ),
});

interface ApplyOptions {
  file: string;
  dryRun?: boolean;
  prune?: 'leave' | 'remove';
}

export const addApply = (program: Command): void => {
  program
    .command('apply')
    .description('make the mappings those of a file')
    .requiredOption(
      '-f, --file <file>',
      'YAML or JSON: mappings, each with collection, group, and optionally tenant, paused, policy, schedule',
    )
    .option('--dry-run', 'show the differences only; exit code 10 when there are some')
    .addOption(
      new Option(
        '--prune <what>',
        'delete mappings that the file does not name; what becomes of their members',
      ).choices(['leave', 'remove']),
    )
    .action(async (options: ApplyOptions, command: Command) => apply(Context.of(command), options));
};

const apply = async (context: Context, { file: path, dryRun, prune }: ApplyOptions): Promise<void> => {
  const given = await readGiven(path);
  const api = await context.api();
  const changes = changesBetween(await allMappings(api), await wantedOf(api, path, given), prune);
  show(context, changes);
  if (dryRun) {
    if (changes.length > 0) process.exitCode = EXIT.differs;
    return;
  }
  for (const change of changes) await make(api, change);
  context.output.say(`${changes.length} changes made.`);
};

const allMappings = (api: Api): Promise<Schemas['Mapping'][]> =>
  everyItem((cursor) => unwrap(api.GET('/api/v1/mappings', { params: { query: { limit: 500, cursor } } })));

type Given = z.output<typeof file>;

const readGiven = async (path: string): Promise<Given> => {
  const parsed = file.safeParse(parse(await text(path)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || path}: ${issue.message}`);
  throw new CliError(`${path} is not as it should be. ${problems.join('; ')}`, EXIT.usage);
};

const wantedOf = async (api: Api, path: string, { tenant: common, mappings }: Given): Promise<Wanted[]> => {
  const wanted: Wanted[] = [];
  for (const given of mappings) {
    const tenant = await findTenant(api, given.tenant ?? common);
    const { collectionId } = await findCollection(api, given.collection);
    const { groupId, groupName } = await findGroup(api, tenant, given.group);
    wanted.push({
      target: `${tenant}/${groupId}`,
      tenantId: tenant,
      groupId,
      groupName,
      collectionId,
      paused: given.paused,
      policy: given.policy ?? DEFAULT_POLICY,
      schedule: given.schedule ?? DEFAULT_SCHEDULE,
    });
  }
  const twice = wanted.find(({ target }, at) => wanted.findIndex((other) => other.target === target) !== at);
  if (twice)
    throw new CliError(`${path} names the group ${twice.groupName} twice; a group has one collection.`, EXIT.usage);
  return wanted;
};

const text = async (path: string): Promise<string> => {
  try {
    return await readFile(path === '-' ? '/dev/stdin' : path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  }
};

const SIGNS = { create: '+', change: '~', delete: '-' } as const;

const show = ({ output }: Context, changes: readonly Change[]): void => {
  if (output.format !== 'table') return output.data(changes);
  if (changes.length === 0) return output.say('Everything is as the file wants it.');
  for (const change of changes) {
    output.text(`${SIGNS[change.kind]} ${change.collectionId} → ${change.groupName} (${change.target})`);
    for (const { field, from, to } of change.fields) {
      output.text(`    ${field}: ${from === undefined ? '' : `${JSON.stringify(from)} → `}${JSON.stringify(to)}`);
    }
  }
};

const make = async (api: Api, change: Change): Promise<void> => {
  const [tenant = '', group = ''] = change.target.split('/');
  const params = { path: { tenant, group } };
  if (change.kind === 'delete') {
    await unwrap(
      api.DELETE('/api/v1/mappings/{tenant}/{group}', { params: { ...params, query: { members: change.members } } }),
    );
    return;
  }
  const { wanted } = change;
  if (change.kind === 'create') {
    const { tenantId, groupId, groupName, collectionId, paused, policy: limits, schedule: times } = wanted;
    await unwrap(
      api.POST('/api/v1/mappings', {
        body: {
          tenantId,
          groupId,
          groupName,
          collectionId,
          paused,
          policy: limits,
          schedule: times,
          preflight: 'require',
        },
      }),
    );
    return;
  }
  const changed = new Set(change.fields.map(({ field }) => field));
  const body = {
    ...(changed.has('collection') ? { collectionId: wanted.collectionId } : {}),
    ...(changed.has('policy') ? { policy: wanted.policy } : {}),
    ...(changed.has('schedule') ? { schedule: wanted.schedule } : {}),
  };
  if (Object.keys(body).length > 0) await unwrap(api.PATCH('/api/v1/mappings/{tenant}/{group}', { params, body }));
  if (!changed.has('paused')) return;
  if (wanted.paused) await unwrap(api.POST('/api/v1/mappings/{tenant}/{group}/pause', { params }));
  else await unwrap(api.POST('/api/v1/mappings/{tenant}/{group}/resume', { params }));
};
