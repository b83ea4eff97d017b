import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { everyItem, unwrap, type Api } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findTarget } from '../find.js';
import { age } from '../output/output.js';
import { currentSession } from '../session/session.js';
import { listRows } from './collections.js';

export const addLook = (program: Command): void => {
  addStatus(program);
  addMembers(program);
  addWhy(program);
  addRuns(program);
  addExport(program);
};

const seconds = (text: string): number => {
  const value = Number(text);
  if (!(value >= 1)) throw new InvalidArgumentError('It must be at least 1.');
  return value;
};

const addStatus = (program: Command): void => {
  program
    .command('status')
    .description('all targets at a glance; exit code 10 when one of them failed, is held or stale')
    .option('--watch', 'again and again')
    .option('--every <seconds>', 'with --watch', seconds, 2)
    .action(async ({ watch, every }: { watch?: boolean; every: number }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      await showStatus(context, api);
      while (watch) {
        await pause(every * 1_000);
        context.output.clear();
        await showStatus(context, api);
      }
    });
};

const BAD = new Set(['Failed', 'Partial Success', 'Held', 'Stale']);

const showStatus = async ({ output }: Context, api: Api): Promise<void> => {
  const rows = await listRows(api, { mapped: 'true' });
  const { items: upstreams } = await unwrap(api.GET('/api/v1/upstreams'));
  process.exitCode = rows.some(({ cloudSyncStatus }) => BAD.has(cloudSyncStatus ?? '')) ? EXIT.differs : EXIT.ok;
  if (output.format !== 'table') return output.data({ targets: rows, upstreams });
  output.rows(
    rows,
    [
      { title: 'Collection', of: (row) => row.collectionName },
      { title: 'Group', of: (row) => row.groupName },
      { title: 'Status', of: (row) => row.cloudSyncStatus },
      { title: 'Members', of: (row) => row.memberCount, right: true },
      { title: 'Completed', of: (row) => row.syncCompleted, right: true },
      { title: 'InProgress', of: (row) => row.syncInProgress, right: true },
      { title: 'Waiting', of: (row) => row.syncWaiting, right: true },
      { title: 'Failed', of: (row) => row.syncFailed, right: true },
      { title: 'Held', of: (row) => row.syncHeld, right: true },
      { title: 'Checked', of: (row) => age(row.sourceCheckedTime) },
      { title: 'Last Sync', of: (row) => age(row.lastSyncTime) },
    ],
    'Nothing is mapped.',
  );
  for (const { groupName, problem, statusDetail } of rows) {
    if (problem) output.say(`${groupName ?? ''}: ${problem.message} ${problem.advice}`);
    else if (statusDetail) output.say(`${groupName ?? ''}: ${statusDetail}`);
  }
  for (const { kind, name, state, reason, progress } of upstreams) {
    if (state === 'ready') continue;
    const done = progress ? ` ${progress.done}/${progress.total ?? '?'} ${progress.unit}` : '';
    output.say(`${kind} ${name} is ${state}${done}${reason ? `: ${reason}` : ''}`);
  }
};

interface MembersOptions {
  failed?: boolean;
  waiting?: boolean;
  held?: boolean;
  inProgress?: boolean;
  success?: boolean;
  search?: string;
  limit?: number;
}

const addMembers = (program: Command): void => {
  program
    .command('members')
    .description('members of a target, each with its reason and what to do')
    .argument('<target>', 'group id or name, tenant/group, or a collection with one group')
    .addOption(new Option('--failed').conflicts(['held', 'waiting', 'inProgress', 'success']))
    .addOption(new Option('--waiting', 'no record in Entra ID yet').conflicts(['held', 'inProgress', 'success']))
    .addOption(new Option('--held').conflicts(['inProgress', 'success']))
    .addOption(new Option('--in-progress').conflicts(['success']))
    .option('--success')
    .option('--search <text>', 'begin of the name')
    .option('--limit <n>', 'members at most', seconds)
    .action(async (given: string, options: MembersOptions, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      const state = options.failed
        ? 'Failed'
        : options.waiting
          ? 'Waiting'
          : options.held
            ? 'Held'
            : options.inProgress
              ? 'In Progress'
              : options.success
                ? 'Success'
                : undefined;
      const page = (cursor?: string) =>
        unwrap(
          api.GET('/api/v1/targets/{tenant}/{group}/members', {
            params: { path, query: { limit: 500, cursor, state, search: options.search } },
          }),
        );
      context.output.rows(
        await everyItem(page, options.limit),
        [
          { title: 'Name', of: (member) => member.name },
          { title: 'Resource', of: (member) => member.resourceId },
          { title: 'State', of: (member) => member.state },
          { title: 'Reason', of: (member) => member.reason },
          { title: 'Attempts', of: (member) => member.attempts, right: true },
          { title: 'What to do', of: (member) => member.advice ?? member.message },
        ],
        'No member fits.',
      );
    });
};

const MARKS = { yes: '✔', no: '✘', waiting: '…', unknown: '?' } as const;

const addWhy = (program: Command): void => {
  program
    .command('why')
    .description('why a resource is, or is not, in a group: step by step')
    .argument('<target>', 'as for members')
    .argument('<resource>', 'ResourceID, name, or directory object id')
    .option('--graph', 'ask Microsoft Graph too whether it is in the group now')
    .action(async (given: string, resource: string, { graph }: { graph?: true }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      const named = /^\d+$/.test(resource)
        ? { resource: Number(resource) }
        : /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(resource)
          ? { object: resource }
          : { name: resource };
      const query = { ...named, ...(graph ? { graph: 'true' as const } : {}) };
      const found = await unwrap(api.GET('/api/v1/targets/{tenant}/{group}/why', { params: { path, query } }));
      if (context.output.format !== 'table') return context.output.data(found);
      for (const { conclusion, steps, member, graph: asked } of found.traces) {
        if (member) context.output.text(`${member.name} (${member.resourceId ?? member.objectId})`);
        for (const { step, state, detail } of steps) context.output.text(`  ${MARKS[state]} ${step}: ${detail}`);
        if (asked)
          context.output.text(
            `  ${asked.inGroup === null ? '?' : asked.inGroup ? '✔' : '✘'} Microsoft Graph: ${asked.detail}`,
          );
        context.output.text(conclusion);
      }
    });
};

const addRuns = (program: Command): void => {
  program
    .command('runs')
    .description('runs, newest first')
    .argument('[target]', 'as for members')
    .option('--limit <n>', 'runs at most', seconds, 20)
    .action(async (given: string | undefined, { limit }: { limit: number }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const target = given === undefined ? undefined : await findTarget(api, given);
      const query = target ? { tenantId: target.tenant, groupId: target.group } : {};
      const page = (cursor?: string) =>
        unwrap(api.GET('/api/v1/runs', { params: { query: { limit: Math.min(500, limit), cursor, ...query } } }));
      context.output.rows(
        await everyItem(page, limit),
        [
          { title: 'Started', of: (run) => run.startedAt },
          { title: 'Collection', of: (run) => run.collectionId },
          { title: 'Kind', of: (run) => run.kind },
          { title: 'State', of: (run) => run.state },
          { title: 'Seconds', of: (run) => run.durationSeconds?.toFixed(1), right: true },
          { title: 'Added', of: (run) => run.counts?.outcomes.applied, right: true },
          { title: 'Removed', of: (run) => run.counts?.outcomes.removed, right: true },
          { title: 'Failed', of: (run) => run.counts?.outcomes.failed, right: true },
          { title: 'Why', of: (run) => run.failure?.message ?? run.why ?? run.trigger },
        ],
        'There was no run.',
      );
    });
};

const addExport = (program: Command): void => {
  program
    .command('export')
    .description('collections, or the members of a target, as a file')
    .argument('[target]', 'a target for its members; all collections without')
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'instead of the standard output')
    .action(async (given: string | undefined, { format, out }: { format: string; out?: string }, command: Command) => {
      const context = Context.of(command);
      const session = await currentSession(context.environment, context.flags);
      const target = given === undefined ? undefined : await findTarget(await context.api(), given);
      const path = target ? `members/${target.tenant}/${target.group}` : 'collections';
      const answer = await fetch(`${session.url}/api/v1/export/${path}?format=${format}`, {
        headers: { authorization: `Bearer ${session.token}` },
      });
      if (!answer.ok || !answer.body) throw new CliError(`The service answered ${answer.status}.`, EXIT.failed);
      // a file is closed at its end, the standard output is not
      const sink = out === undefined ? Writable.toWeb(process.stdout) : Writable.toWeb(createWriteStream(out));
      await answer.body.pipeTo(sink, { preventClose: out === undefined });
    });
};
