#!/usr/bin/env node
import { EnvironmentError } from '@collection-sync/platform';
import { CommanderError, type Command } from 'commander';
import { CliError, EXIT } from './exit-codes.js';

import { sayWords } from './output/say-words.js';
import { buildProgram } from './program.js';

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];

const codeOf = (error: unknown): number => {
  if (error instanceof CliError) {
    sayWords([error.message, error.advice].filter(Boolean).join(' '));
    return error.code;
  }
  // commander has said it
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EnvironmentError) {
    for (const line of message.split('\n')) sayWords(line);
    return EXIT.usage;
  }
  sayWords(`collsync failed: ${message} This is a defect; report it with the command that you gave.`);
  return EXIT.failed;
};

const end = (error: unknown): never => process.exit(codeOf(error));

// the reader of a pipe may have seen enough
process.stdout.on('error', () => process.exit(EXIT.ok));
process.on('uncaughtException', end);
process.on('unhandledRejection', end);

try {
  const program = buildProgram();
  for (const command of everyCommand(program)) command.exitOverride();
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}
