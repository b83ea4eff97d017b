import { Option, type Command } from 'commander';
import { DEFAULT_POLICY, DEFAULT_SCHEDULE } from '@collection-sync/core';
import { unwrap, type Api } from '../api.js';
import { Context } from '../context.js';
import { effectWords, previewOf } from '../effect.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findCollection, findGroup, findTenant } from '../find.js';
import { readMappingFile, type MappingFile } from '../mapping-file.js';
import { count } from '../options.js';
import { readTarget } from '../converged.js';
import { allMappings } from './get.js';
import { changesBetween, type Change, type Wanted } from './mapping-diff.js';

interface ApplyOptions {
  file: string;
  dryRun?: boolean;
  prune?: 'leave' | 'remove';
  timeout: number;
}

export const addApply = (program: Command): void => {
  program
    .command('apply')
    .description('make the mappings those of a file')
    .requiredOption(
      '-f, --file <file>',
      'YAML or JSON: mappings, each with collection, group, and optionally tenant, paused, policy, schedule; - for the standard input',
    )
    .option(
      '--dry-run',
      'show the differences, what they would do to members, and what would be refused; exit code 10 when there are some',
    )
    .addOption(
      new Option(
        '--prune <what>',
        'delete mappings that the file does not name; what becomes of their members',
      ).choices(['leave', 'remove']),
    )
    .option(
      '--timeout <seconds>',
      'with --dry-run: how long to wait for what becomes of the members of a group',
      count,
      120,
    )
    .action(async (options: ApplyOptions, command: Command) => apply(Context.of(command), options));
};

interface Done extends Omit<Change, 'wanted'> {
  readonly effect?: string;
  readonly problem?: string;
}

const apply = async (context: Context, { file: path, dryRun = false, prune, timeout }: ApplyOptions): Promise<void> => {
  const { output } = context;
  const given = await readMappingFile(path);
  const api = await context.api();
  const wanted = await wantedOf(api, path, given);
  const changes = changesBetween(await allMappings(api), wanted, prune);
  const failures: CliError[] = [];
  const done: Done[] = [];
  for (const change of changes) {
    const { wanted: _, ...shown } = { wanted: undefined, ...change };
    try {
      await make(api, change, dryRun);
      done.push({ ...shown, ...(dryRun ? { effect: await effectOf(api, change, timeout) } : {}) });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures.push(error);
      done.push({ ...shown, problem: [error.message, error.advice].join(' ') });
    }
    if (output.format === 'table') show(context, done.at(-1));
  }
  if (output.format !== 'table') output.data(done);
  else if (changes.length === 0) output.say('Everything is as the file wants it.');
  else
    output.say(
      `${changes.length - failures.length} changes ${dryRun ? 'would be made' : 'made'}, ${failures.length} refused.`,
    );
  if (failures[0]) process.exitCode = failures[0].code;
  else if (dryRun && changes.length > 0) process.exitCode = EXIT.differs;
};

/** Every name is understood before anything is changed; all that are not are told at once. */
const wantedOf = async (api: Api, path: string, { tenant: common, mappings }: MappingFile): Promise<Wanted[]> => {
  const wanted: Wanted[] = [];
  const problems: CliError[] = [];
  for (const [at, given] of mappings.entries()) {
    try {
      const tenant = await findTenant(api, given.tenant ?? common);
      const collection = await findCollection(api, given.collection);
      const group = await findGroup(api, tenant, given.group);
      const target = `${tenant}/${group.groupId}`;
      if (wanted.some((other) => other.target === target))
        throw new CliError(`The group ${group.groupName} stands there twice; a group has one collection.`, EXIT.usage);
      wanted.push({
        target,
        tenantId: tenant,
        groupId: group.groupId,
        groupName: group.groupName,
        collectionId: collection.collectionId,
        collectionName: collection.collectionName,
        paused: given.paused,
        policy: given.policy ?? DEFAULT_POLICY,
        schedule: given.schedule ?? DEFAULT_SCHEDULE,
      });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      const advice = error.advice ? ` ${error.advice}` : '';
      problems.push(new CliError(`mappings.${at}: ${error.message}${advice}`, error.code));
    }
  }
  const [first] = problems;
  if (first)
    throw new CliError(
      `${path} cannot be applied. ${problems.map(({ message }) => message).join('; ')}`,
      first.code,
      'Nothing was changed.',
    );
  return wanted;
};

const SIGNS = { create: '+', change: '~', delete: '-' } as const;

const show = ({ output }: Context, done: Done | undefined): void => {
  if (!done) return;
  const { kind, collectionId, collectionName, groupName, target, fields, effect, problem } = done;
  output.text(`${SIGNS[kind]} ${collectionName} (${collectionId}) → ${groupName} (${target})`);
  for (const { field, from, to } of fields)
    output.text(`    ${field}: ${from === undefined ? '' : `${JSON.stringify(from)} → `}${JSON.stringify(to)}`);
  if (effect) output.text(`    members: ${effect}`);
  if (problem) output.text(`    refused: ${problem}`);
};

/** What becomes of the members of the group. */
const effectOf = async (api: Api, change: Change, seconds: number): Promise<string> => {
  const [tenant = '', group = ''] = change.target.split('/');
  if (change.kind === 'delete') {
    if (change.members === 'leave') return 'They stay in the group.';
    const { row } = await readTarget(api, { tenant, group });
    return `Up to ${row.syncCompleted} to remove, under the guard.`;
  }
  const begins = change.kind === 'create' || change.fields.some(({ field }) => field === 'collection');
  if (!begins) return 'They stay as they are.';
  try {
    const { collectionId, paused } = change.wanted;
    const words = effectWords(await previewOf(api, { tenant, group }, collectionId, seconds));
    return paused ? `Once it is resumed: ${words}` : words;
  } catch (error) {
    if (error instanceof CliError) return `Not known. ${error.message}`;
    throw error;
  }
};

/** A dry run asks the service for the same, to be taken back. */
const make = async (api: Api, change: Change, dryRun: boolean): Promise<void> => {
  const [tenant = '', group = ''] = change.target.split('/');
  const path = { tenant, group };
  const query = dryRun ? { dryRun: 'true' as const } : {};
  const params = { path, query };
  if (change.kind === 'delete') {
    const { members } = change;
    await unwrap(api.DELETE('/api/v1/mappings/{tenant}/{group}', { params: { path, query: { ...query, members } } }));
    return;
  }
  const { wanted } = change;
  if (change.kind === 'create') {
    const { target: _, collectionName: __, ...body } = wanted;
    await unwrap(api.POST('/api/v1/mappings', { params: { query }, body: { ...body, preflight: 'require' } }));
    return;
  }
  const changed = new Set(change.fields.map(({ field }) => field));
  const body = {
    ...(changed.has('collection') ? { collectionId: wanted.collectionId } : {}),
    ...(changed.has('policy') ? { policy: wanted.policy } : {}),
    ...(changed.has('schedule') ? { schedule: wanted.schedule } : {}),
  };
  if (Object.keys(body).length > 0) await unwrap(api.PATCH('/api/v1/mappings/{tenant}/{group}', { params, body }));
  if (!changed.has('paused') || dryRun) return;
  if (wanted.paused) await unwrap(api.POST('/api/v1/mappings/{tenant}/{group}/pause', { params: { path } }));
  else await unwrap(api.POST('/api/v1/mappings/{tenant}/{group}/resume', { params: { path } }));
};
