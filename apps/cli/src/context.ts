import type { Command } from 'commander';
import { connect, type Api } from './api.js';
import { Output, type Format } from './output/output.js';
import { readCliEnvironment, type CliEnvironment } from './session/environment.js';
import { currentSession } from './session/session.js';

export interface Flags {
  url?: string;
  token?: string;
  context?: string;
  output: Format;
}

/** What a command works with. */
export class Context {
  constructor(
    readonly flags: Flags,
    readonly environment: CliEnvironment,
    readonly output: Output,
  ) {}

  static of(command: Command): Context {
    const flags = command.optsWithGlobals<Flags>();
    const environment = readCliEnvironment();
    const colour = process.stdout.isTTY && environment.NO_COLOR === undefined;
    return new Context(flags, environment, new Output(flags.output, process.stdout, process.stderr, colour));
  }

  async api(): Promise<Api> {
    return connect(await currentSession(this.environment, this.flags));
  }
}
