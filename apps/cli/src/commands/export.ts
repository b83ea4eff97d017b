import { Option, type Command } from 'commander';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { findTarget } from '../find.js';
import { download } from '../output/download.js';

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description('collections, or the members of a target, as a file')
    .argument('[target]', 'a target for its members; all collections without')
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'instead of the standard output')
    .action(async (given: string | undefined, { format, out }: { format: string; out?: string }, command: Command) => {
      const context = Context.of(command);
      refuseFormat(context);
      const target = given === undefined ? undefined : await findTarget(await context.api(), given);
      const path = target ? `members/${target.tenant}/${target.group}` : 'collections';
      await download(context, `${path}?format=${format}`, out);
    });
};

/** A file is what it is, whatever the format of the words. */
export const refuseFormat = ({ output }: Context): void => {
  if (output.format !== 'table')
    throw new CliError('The file has its own --format.', EXIT.usage, 'Give --format instead of -o.');
};
