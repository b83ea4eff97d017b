import { setTimeout as pause } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import { everyItem, unwrap, type Api, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findCollection, findGroup, findTarget, findTenant } from '../find.js';

const POLL_MS = 500;

/** Waits until a command was answered, as long as it can be. */
const answered = async (api: Api, id: string): Promise<Schemas['Command']> => {
  for (;;) {
    const command = await unwrap(api.GET('/api/v1/commands/{id}', { params: { path: { id } } }));
    if (command.state !== 'sent') return command;
    await pause(POLL_MS);
  }
};

const tell = async (context: Context, api: Api, command: Schemas['Command'], wait?: boolean): Promise<void> => {
  const known = wait ? await answered(api, command.id) : command;
  context.output.one(known, [
    ['Command', known.id],
    ['Kind', known.kind],
    ['State', known.state],
    ['Message', known.message],
  ]);
  if (known.state === 'refused' || known.state === 'expired') process.exitCode = EXIT.conflict;
};

export const addOperate = (program: Command): void => {
  program
    .command('sync')
    .description('synchronise now')
    .argument('<target>', 'group id or name, tenant/group, or a collection with one group')
    .option('--full', 'overwrite the group: what others put there is removed, under the guard')
    .option('--wait', 'until the command was answered')
    .action(async (given: string, { full, wait }: { full?: boolean; wait?: boolean }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const path = await findTarget(api, given);
      const body = { kind: full ? ('full' as const) : ('incremental' as const) };
      await tell(
        context,
        api,
        await unwrap(api.POST('/api/v1/targets/{tenant}/{group}/sync', { params: { path }, body })),
        wait,
      );
    });
  for (const [name, description] of [
    ['cancel', 'stop the run under way; what is wanted stays wanted'],
    ['retry', 'try failed members again now'],
    ['resend', 'send the complete content of the collection again'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<target>', 'as for sync')
      .option('--wait', 'until the command was answered')
      .action(async (given: string, { wait }: { wait?: boolean }, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const path = await findTarget(api, given);
        await tell(
          context,
          api,
          await unwrap(api.POST(`/api/v1/targets/{tenant}/{group}/${name}`, { params: { path } })),
          wait,
        );
      });
  }
  for (const name of ['approve', 'reject'] as const) {
    program
      .command(name)
      .description(`${name} held removals`)
      .argument('<plan>', 'id of the plan; collsync plans shows them')
      .option('--wait', 'until the command was answered')
      .action(async (id: string, { wait }: { wait?: boolean }, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        await tell(
          context,
          api,
          await unwrap(api.POST(`/api/v1/plans/{id}/${name}`, { params: { path: { id } } })),
          wait,
        );
      });
  }
  addPlans(program);
  addPreview(program);
  addRecover(program);
};

const addPlans = (program: Command): void => {
  program
    .command('plans')
    .description('removals that the guard stopped')
    .addOption(
      new Option('--state <state>')
        .choices(['open', 'approved', 'rejected', 'expired', 'emptied', 'kept'])
        .default('open'),
    )
    .action(async ({ state }: { state: 'open' }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const plans = await everyItem((cursor) =>
        unwrap(api.GET('/api/v1/plans', { params: { query: { state, limit: 500, cursor } } })),
      );
      context.output.rows(
        plans,
        [
          { title: 'Plan', of: (plan) => plan.id },
          { title: 'Target', of: (plan) => plan.target },
          { title: 'Collection', of: (plan) => plan.collectionId },
          { title: 'Removals', of: (plan) => plan.removals, right: true },
          { title: 'Limit', of: (plan) => plan.guard.limit },
          { title: 'Held', of: (plan) => plan.heldAt },
          { title: 'Expires', of: (plan) => plan.expiresAt },
        ],
        'Nothing is held.',
      );
    });
};

const addPreview = (program: Command): void => {
  program
    .command('preview')
    .description('compare a collection with a group, changing nothing')
    .argument('<collection>', 'id or name')
    .argument('<group>', 'id or name')
    .option('--tenant <id>', 'tenant; needed when several are configured')
    .option('--timeout <seconds>', 'how long to wait', Number, 300)
    .action(
      async (collection: string, group: string, options: { tenant?: string; timeout: number }, command: Command) => {
        const context = Context.of(command);
        const api = await context.api();
        const tenant = await findTenant(api, options.tenant);
        const { collectionId } = await findCollection(api, collection);
        const { groupId } = await findGroup(api, tenant, group);
        const params = { path: { tenant, group: groupId } };
        const { id } = await unwrap(
          api.POST('/api/v1/targets/{tenant}/{group}/preview', { params, body: { collectionId } }),
        );
        const found = await previewOf(api, id, options.timeout);
        const members = await everyItem((cursor) =>
          unwrap(api.GET('/api/v1/previews/{id}/members', { params: { path: { id }, query: { limit: 500, cursor } } })),
        );
        if (context.output.format !== 'table') return context.output.data({ ...found, members });
        for (const { change, name, objectId, reason } of members) {
          if (change !== 'keep')
            context.output.text(`${SIGNS[change]} ${name || objectId}${reason ? ` (${reason})` : ''}`);
        }
        context.output.say(
          `${found.add} to add, ${found.remove} to remove, ${found.keep} to keep, ${found.unresolved} without a directory object.` +
            (found.wouldHold ? ' The guard would hold the removals.' : ''),
        );
      },
    );
};

const SIGNS = { add: '+', remove: '-', keep: ' ', unresolved: '?' } as const;

const previewOf = async (api: Api, id: string, seconds: number): Promise<Schemas['Preview']> => {
  for (const until = Date.now() + seconds * 1_000; ;) {
    const answer = await api.GET('/api/v1/previews/{id}', { params: { path: { id } } });
    if (answer.data?.complete) return answer.data;
    if (!answer.data && answer.response.status !== 404) await unwrap(Promise.resolve(answer));
    const command = await unwrap(api.GET('/api/v1/commands/{id}', { params: { path: { id } } }));
    if (command.state === 'refused') throw new CliError(command.message ?? 'The preview was refused.', EXIT.conflict);
    if (Date.now() > until) {
      throw new CliError(
        `The preview was not answered within ${seconds} s.`,
        EXIT.unavailable,
        `collsync status tells how the services are; its id is ${id}.`,
      );
    }
    await pause(POLL_MS);
  }
};

const addRecover = (program: Command): void => {
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
        const asked = full
          ? api.POST('/api/v1/targets/{tenant}/{group}/sync', { params, body: { kind: 'full' as const } })
          : api.POST('/api/v1/targets/{tenant}/{group}/resend', { params });
        sent.push(await unwrap(asked));
        await unwrap(api.POST('/api/v1/targets/{tenant}/{group}/report', { params }));
      }
      if (context.output.format !== 'table') return context.output.data(sent);
      context.output.say(`${sent.length} targets are sent everything. collsync status --watch shows how they come in.`);
    });
};
