import tab from '@bomb.sh/tab/commander';
import { VERSION } from '@collection-sync/platform';
import { Command, Option } from 'commander';
import { addApply } from './commands/apply.js';
import { addAudit } from './commands/audit.js';
import { addCollections, addGroups } from './commands/collections.js';
import { addCompare } from './commands/compare.js';
import { addContexts } from './commands/contexts.js';
import { addDeadLetters } from './commands/dead-letters.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addFind } from './commands/find.js';
import { addGet } from './commands/get.js';
import { addImport } from './commands/import.js';
import { addLogin } from './commands/login.js';
import { addMap } from './commands/map.js';
import { addMembers } from './commands/members.js';
import { addPlans } from './commands/plans.js';
import { addPreview } from './commands/preview.js';
import { addRecover } from './commands/recover.js';
import { addRuns } from './commands/runs.js';
import { addStatus } from './commands/status.js';
import { addSync, addWait } from './commands/sync.js';
import { addTenants } from './commands/tenants.js';
import { addWhy } from './commands/why.js';
import type { Flags } from './context.js';
import { CliError, EXIT } from './exit-codes.js';
import { address } from './options.js';

const EXIT_CODES = `
Exit codes: 0 done · 1 failed · 2 the command line or a file is wrong · 3 not signed in or not allowed · 4 not found ·
5 conflict, refused or an ambiguous name · 6 the service or something it needs is away · 7 --timeout is over ·
10 differences, findings or bad states`;

const COMMANDS = [
  ...[addLogin, addContexts, addCollections, addGroups, addMap, addGet, addApply, addImport, addSync, addWait],
  ...[
    addPlans,
    addPreview,
    addCompare,
    addRecover,
    addStatus,
    addMembers,
    addWhy,
    addRuns,
    addExport,
    addTenants,
    addAudit,
  ],
  ...[addFind, addDeadLetters, addDoctor],
];

export const buildProgram = (): Command => {
  const program = new Command('collsync')
    .description('Keeps Microsoft Entra groups equal to Configuration Manager collections.')
    .version(VERSION)
    .option('--url <address>', 'status service; COLLSYNC_URL or that of the context by default', address)
    .option('--token <token>', 'bearer token; COLLSYNC_TOKEN, COLLSYNC_TOKEN_FILE or that of the context by default')
    .option('--context <name>', 'installation; COLLSYNC_CONTEXT or the current one by default')
    .addOption(new Option('-o, --output <format>').choices(['table', 'json', 'yaml']).default('table'))
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('collsync --help shows what there is')
    .configureHelp({ sortSubcommands: true, showGlobalOptions: true });
  for (const add of COMMANDS) add(program);
  tab(program, { completionCommandName: 'completion' });
  return program.hook('preAction', (_, action) => {
    // a script for a shell is no data
    const isText = ['completion', 'complete'].includes(action.name());
    if (isText && action.optsWithGlobals<Flags>().output !== 'table')
      throw new CliError(`collsync ${action.name()} writes a script.`, EXIT.usage, 'Leave -o out.');
  });
};
