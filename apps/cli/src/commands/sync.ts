import type { Command } from 'commander';
import { unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findTarget, type TargetPath } from '../find.js';
import { count } from '../options.js';
import { answered, codeOfRow, isServed, isConverged, readTarget, whenTarget } from '../converged.js';

interface WaitOptions {
  wait?: boolean;
  timeout: number;
}

interface SyncOptions extends WaitOptions {
  full?: boolean;
  listing?: boolean;
}

const waitOptions = (command: Command): Command =>
  command
    .option('--wait', 'until the run that it causes has ended, with its outcome')
    .option('--timeout <seconds>', 'with --wait; exit code 7 when it is over', count, 600);

/** Sends commands to targets, and follows what becomes of them. */
export const addSync = (program: Command): void => {
  waitOptions(
    program
      .command('sync')
      .description('synchronise now')
      .argument('<target>', 'group id or name, tenant/group, or a collection with one group')
      .option('--full', 'overwrite the group: what others put there is removed, under the guard')
      .option('--listing', 'with --full: list the group even if the copy of its members shows no difference'),
  ).action(async (given: string, { full, listing, ...options }: SyncOptions, command: Command) => {
    if (listing && !full) throw new CliError('--listing is of a full synchronisation.', EXIT.usage, 'Give --full too.');
    const context = Context.of(command);
    const api = await context.api();
    const path = await findTarget(api, given);
    const body = { kind: full ? ('full' as const) : ('incremental' as const), listing: listing ?? false };
    await follow(context, api, path, options, isServed, () =>
      unwrap(api.POST('/api/v1/targets/{tenant}/{group}/sync', { params: { path }, body })),
    );
  });
  for (const [name, description] of [
    ['cancel', 'stop the run under way; what is wanted stays wanted'],
    ['retry', 'try failed members again now'],
    ['resend', 'send the complete content of the collection again'],
  ] as const) {
    waitOptions(program.command(name).description(description).argument('<target>', 'as for sync')).action(
      async (given: string, options: WaitOptions, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const path = await findTarget(api, given);
        await follow(context, api, path, options, name === 'cancel' ? isStopped : isDone, () =>
          unwrap(api.POST(`/api/v1/targets/{tenant}/{group}/${name}`, { params: { path } })),
        );
      },
    );
  }
  for (const name of ['approve', 'reject'] as const) {
    waitOptions(
      program
        .command(name)
        .description(`${name} held removals`)
        .argument('<plan>', 'id of the plan; collsync plans shows them'),
    ).action(async (id: string, options: WaitOptions, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const plan = await unwrap(api.GET('/api/v1/plans/{id}', { params: { path: { id } } }));
      const [tenant = '', group = ''] = plan.target.split('/');
      await follow(context, api, { tenant, group }, options, isDone, () =>
        unwrap(api.POST(`/api/v1/plans/{id}/${name}`, { params: { path: { id } } })),
      );
    });
  }
};

type IsOver = (before: Schemas['Target'], command: Schemas['Command'], target: Schemas['Target']) => boolean;
const isDone: IsOver = (_, __, target) => target.row.problem !== null || isConverged(target);
const isStopped: IsOver = (_, __, { run }) => run === null;

const follow = async (
  context: Context,
  api: Api,
  path: TargetPath,
  { wait, timeout }: WaitOptions,
  isOver: IsOver,
  send: () => Promise<Schemas['Command']>,
): Promise<void> => {
  const { output } = context;
  const before = wait ? await readTarget(api, path) : undefined;
  const sent = await send();
  if (!before) return showCommand(context, sent);
  const end = Date.now() + timeout * 1_000;
  const command = await answered(api, sent.id, timeout);
  if (command.message) output.progress(command.message);
  const seconds = Math.max(1, Math.round((end - Date.now()) / 1_000));
  const target = await whenTarget({ api, output, path, seconds }, (found) => isOver(before, command, found));
  const { row } = target;
  output.one({ command, target: row }, [
    ['Command', command.id],
    ['Kind', command.kind],
    ['Status', row.cloudSyncStatus],
    ['Members', row.memberCount],
    ['Completed', row.syncCompleted],
    ['Waiting', row.syncWaiting],
    ['Failed', row.syncFailed],
    ['Held', row.syncHeld],
    ...(row.problem ? [['Problem', `${row.problem.message} ${row.problem.advice}`] as const] : []),
  ]);
  process.exitCode = codeOfRow(row);
};

const showCommand = ({ output }: Context, command: Schemas['Command']): void =>
  output.one(command, [
    ['Command', command.id],
    ['Kind', command.kind],
    ['State', command.state],
    ['Message', command.message],
  ]);

/** What `wait` waits for beside status words. */
const WORDS = new Map(
  ['Success', 'Partial Success', 'Failed', 'In Progress', 'Held', 'Paused', 'Stale'].map((word) => [
    word.toLowerCase().replace(' ', '-'),
    word,
  ]),
);

export const addWait = (program: Command): void => {
  program
    .command('wait')
    .description('wait until a target is settled, or has a status, or is deleted')
    .argument('<target>', 'as for sync')
    .option('--for <what>', `settled, deleted, or a status: ${[...WORDS.keys()].join(', ')}`, 'settled')
    .option('--timeout <seconds>', 'exit code 7 when it is over', count, 600)
    .action(async (given: string, options: { for: string; timeout: number }, command: Command) => {
      const context = Context.of(command);
      const wanted = options.for.toLowerCase().replaceAll(' ', '-');
      if (wanted !== 'settled' && wanted !== 'deleted' && !WORDS.has(wanted))
        throw new CliError(`${options.for} is nothing to wait for.`, EXIT.usage, 'collsync wait --help lists what is.');
      const api = await context.api();
      const path = await findTarget(api, given).catch((error: unknown) => {
        if (wanted === 'deleted' && error instanceof CliError && error.code === EXIT.notFound) return undefined;
        throw error;
      });
      if (!path) return context.output.say(`${given} is not mapped.`);
      const following = { api, output: context.output, path, seconds: options.timeout };
      const isWanted = ({ row, ...target }: Schemas['Target']): boolean =>
        wanted === 'settled' ? isConverged({ row, ...target }) : row.cloudSyncStatus === WORDS.get(wanted);
      try {
        const { row } = await whenTarget(following, isWanted);
        context.output.one(row, [
          ['Collection', row.collectionName],
          ['Group', row.groupName],
          ['Status', row.cloudSyncStatus],
        ]);
      } catch (error) {
        if (!(wanted === 'deleted' && error instanceof CliError && error.code === EXIT.notFound)) throw error;
        context.output.one({ ...path, state: 'deleted' }, [['State', 'deleted']]);
      }
    });
};
