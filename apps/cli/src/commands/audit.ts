import { Option, type Command } from 'commander';
import { everyItem, unwrap, type Schemas } from '../api.js';
import { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { refuseFormat } from './export.js';
import { download } from '../output/download.js';
import { count, time } from '../options.js';

interface Filter {
  actor?: string;
  subject?: string;
  search?: string;
  action?: Schemas['AuditAction'];
  kind?: 'mapping' | 'command' | 'tenant';
  from?: string;
  to?: string;
}

const filters = (command: Command): Command =>
  command
    .option('--actor <name>', 'who did it')
    .option('--subject <what>', 'tenant/group, or a tenant')
    .option('--search <what>', 'a whole id, or a part of the name, of a group or collection')
    .option('--action <action>', 'such as mapping.change or command.approve')
    .addOption(
      new Option('--kind <kind>', 'all actions on one kind of thing').choices(['mapping', 'command', 'tenant']),
    )
    .option('--from <time>', 'not before: a date, or an ISO time', time)
    .option('--to <time>', 'before: a date, or an ISO time', time);

export const addAudit = (program: Command): void => {
  const audit = filters(program.command('audit').description('who did what, newest first'))
    .option('--limit <n>', 'lines at most', count, 50)
    .action(async ({ limit, ...filter }: Filter & { limit: number }, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const lines = await everyItem(
        (cursor) =>
          unwrap(api.GET('/api/v1/audit', { params: { query: { ...filter, limit: Math.min(limit, 500), cursor } } })),
        limit,
      );
      context.output.rows(
        lines,
        [
          { title: 'Time', of: (line) => line.at },
          { title: 'Who', of: (line) => line.actor },
          { title: 'Role', of: (line) => line.role },
          { title: 'Action', of: (line) => line.action },
          { title: 'Group', of: (line) => line.groupName },
          { title: 'Collection', of: (line) => line.collectionName ?? line.collectionId },
          { title: 'Subject', of: (line) => line.subject },
          { title: 'From', of: (line) => line.address },
          { title: 'Client', of: (line) => line.client },
          { title: 'Detail', of: (line) => JSON.stringify(line.detail) },
        ],
        'Nobody did anything that fits.',
      );
    });
  audit
    .command('people')
    .description('who did something lately, as --actor takes it')
    .action(async (_: object, command: Command) => {
      const context = Context.of(command);
      const api = await context.api();
      const { items } = await unwrap(api.GET('/api/v1/audit/people'));
      context.output.rows(
        items,
        [
          { title: 'Who', of: (person) => person.name },
          { title: 'Id', of: (person) => person.id },
          { title: 'Last', of: (person) => person.lastAt },
          { title: 'Lines', of: (person) => String(person.lines) },
        ],
        'Nobody did anything yet.',
      );
    });
  audit
    .command('verify')
    .description('whether a line of the audit log was changed or taken out; exit code 10 when one was')
    .action(async (_: object, command: Command) => {
      const context = Context.of(command);
      const found = await unwrap((await context.api()).GET('/api/v1/audit/verification'));
      context.output.one(found, [
        ['Whole', found.whole ? 'yes' : 'no'],
        ['Lines', found.lines],
        ['Not sealed yet', found.unsealed],
        ['Broken', found.broken.join(', ')],
      ]);
      if (!found.whole) process.exitCode = EXIT.differs;
    });
  filters(audit.command('export').description('the audit log as a file'))
    .addOption(new Option('--format <format>').choices(['csv', 'json', 'ndjson']).default('csv'))
    .option('--out <file>', 'instead of the standard output')
    .action(async ({ out, ...query }: Filter & { out?: string; format: string }, command: Command) => {
      const context = Context.of(command);
      // options of the command above, given here, are its own
      const given = Object.entries({ ...command.parent?.opts<Filter>(), ...query }).filter(
        ([name]) => name !== 'limit',
      );
      refuseFormat(context);
      await download(context, `audit?${new URLSearchParams(given as [string, string][])}`, out);
    });
};
