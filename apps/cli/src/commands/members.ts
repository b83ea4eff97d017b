import { MEMBER_STATES } from '@collection-sync/core';
import { Option, type Command } from 'commander';
import { everyItem, unwrap, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { findTarget } from '../find.js';
import { count } from '../options.js';
import { readTarget } from '../converged.js';

type State = Schemas['Member']['state'];
/** The states that have a flag of their own. */
const STATES = {
  failed: 'Failed',
  waiting: 'Waiting',
  held: 'Held',
  inProgress: 'In Progress',
  success: 'Success',
} as const;
const FLAGS = Object.keys(STATES) as (keyof typeof STATES)[];

interface MembersOptions extends Partial<Record<keyof typeof STATES, boolean>> {
  state?: State;
  reason?: NonNullable<Schemas['Member']['reason']>;
  plan?: string;
  reasons?: boolean;
  search?: string;
  limit?: number;
}

const dashed = (flag: string): string => `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const addMembers = (program: Command): void => {
  const command = program
    .command('members')
    .description('members of a target, each with its reason and what to do')
    .argument('<target>', 'group id or name, tenant/group, or a collection with one group');
  for (const flag of FLAGS)
    command.addOption(
      new Option(dashed(flag), `only ${STATES[flag]}`).conflicts([...FLAGS.filter((other) => other !== flag), 'state']),
    );
  command
    .addOption(new Option('--state <state>').choices(MEMBER_STATES))
    .option('--reason <reason>', 'only those with this reason; --reasons counts them')
    .option('--plan <id>', 'only those that a plan holds')
    .option('--search <text>', 'begin of the name')
    .option('--reasons', 'how many members have each state and reason, instead of the members')
    .option('--limit <n>', 'members at most', count)
    .action(members);
};

const members = async (given: string, options: MembersOptions, command: Command): Promise<void> => {
  const context = Context.of(command);
  const api = await context.api();
  const path = await findTarget(api, given);
  if (options.reasons) {
    return context.output.rows((await readTarget(api, path)).members, [
      { title: 'State', of: (row) => row.state },
      { title: 'Reason', of: (row) => row.reason },
      { title: 'Members', of: (row) => row.members, right: true },
    ]);
  }
  const flag = FLAGS.find((name) => options[name]);
  const query = {
    state: flag ? STATES[flag] : options.state,
    reason: options.reason as never,
    planId: options.plan,
    search: options.search,
  };
  const page = (cursor?: string) =>
    unwrap(
      api.GET('/api/v1/targets/{tenant}/{group}/members', {
        params: { path, query: { ...query, limit: Math.min(options.limit ?? 500, 500), cursor } },
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
};
