import { homedir } from 'node:os';
import { join } from 'node:path';
import { env } from '@collection-sync/core';
import { readEnvironment } from '@collection-sync/platform';
import { z } from 'zod';

const cliEnvironment = z.object({
  COLLSYNC_URL: env.url('http', 'https').optional().describe('address of the status service'),
  COLLSYNC_TOKEN: env.secret().optional().describe('bearer token; COLLSYNC_TOKEN_FILE names a file with it'),
  COLLSYNC_CONTEXT: env.text().optional().describe('installation to work with, of those that were signed in at'),
  XDG_CONFIG_HOME: env.text().optional().describe('folder of settings'),
  NO_COLOR: z.string().optional().describe('no colours when set'),
});
export type CliEnvironment = z.output<typeof cliEnvironment>;

export const readCliEnvironment = (): CliEnvironment => readEnvironment(cliEnvironment);

export const settingsFolder = ({ XDG_CONFIG_HOME }: CliEnvironment): string =>
  XDG_CONFIG_HOME ?? join(homedir(), '.config');
