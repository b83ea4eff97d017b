#!/usr/bin/env node
import { EnvironmentError } from '@collection-sync/platform';
import { CommanderError, type Command } from 'commander';
import { CliError, EXIT } from './exit-codes.js';
import { printable } from './output/output.js';
import { buildProgram } from './program.js';

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];

const codeOf = (error: unknown): number => {
  if (error instanceof CliError) {
    process.stderr.write(`${printable(error.message)}${error.advice ? ` ${printable(error.advice)}` : ''}\n`);
    return error.code;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof EnvironmentError ? EXIT.usage : EXIT.failed;
};

// the reader of a pipe may have seen enough
process.stdout.on('error', () => process.exit(EXIT.ok));

const program = buildProgram();
for (const command of everyCommand(program)) command.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}
