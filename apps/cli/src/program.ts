import tab from '@bomb.sh/tab/commander';
import { VERSION } from '@collection-sync/platform';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addApply } from './commands/apply.js';
import { addCollections, addGroups } from './commands/collections.js';
import { addDoctor } from './commands/doctor.js';
import { addFind } from './commands/find.js';
import { addImport } from './commands/import.js';
import { addLogin } from './commands/login.js';
import { addLook } from './commands/look.js';
import { addMap } from './commands/map.js';
import { addOperate } from './commands/operate.js';

const EXIT_CODES = `
Exit codes: 0 done · 1 failed · 2 the command line or a file is wrong · 3 not signed in or not allowed · 4 not found ·
5 conflict, refused or an ambiguous name · 6 the service or something it needs is away · 10 differences, findings or bad states`;

const address = (text: string): string => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It must begin with https:// or http://.');
  return text.replace(/\/+$/, '');
};

export const buildProgram = (): Command => {
  const program = new Command('collsync')
    .description('Keeps Microsoft Entra groups equal to Configuration Manager collections.')
    .version(VERSION)
    .option('--url <address>', 'status service; COLLSYNC_URL or that of the last login by default', address)
    .option('--token <token>', 'bearer token; COLLSYNC_TOKEN, COLLSYNC_TOKEN_FILE or that of the last login by default')
    .addOption(new Option('-o, --output <format>').choices(['table', 'json', 'yaml']).default('table'))
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('collsync --help shows what there is')
    .configureHelp({ sortSubcommands: true, showGlobalOptions: true });
  for (const add of [
    addLogin,
    addCollections,
    addGroups,
    addMap,
    addApply,
    addImport,
    addOperate,
    addLook,
    addFind,
    addDoctor,
  ])
    add(program);
  tab(program, { completionCommandName: 'completion' });
  return program;
};
