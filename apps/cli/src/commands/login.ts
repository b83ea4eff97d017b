import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { connect, unwrap } from '../api.js';
import { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { configFile, keepSignIn, readConfig, writeConfig, type Saved } from '../session/config.js';
import { deviceLogin } from '../session/device-login.js';
import { settingsFolder } from '../session/environment.js';
import { contextName, DEFAULT_CONTEXT, DEFAULT_URL } from '../session/session.js';

export const addLogin = (program: Command): void => {
  program
    .command('login')
    .description('sign in: with the local token, or on another device at the OpenID provider')
    .option('--resource <uri>', 'resource to ask a token for, where the provider wants one')
    .action(async (options: { resource?: string }, command: Command) => login(Context.of(command), options));
  program
    .command('logout')
    .description('forget the sign-in')
    .action(async (__: object, command: Command) => {
      const { environment, flags, output } = Context.of(command);
      const file = configFile(settingsFolder(environment));
      const config = await readConfig(file);
      const name = contextName(environment, flags, config);
      if (name !== null) {
        const { [name]: _, ...rest } = config.contexts;
        await writeConfig(file, { current: config.current === name ? null : config.current, contexts: rest });
      }
      output.one({ context: name, signedIn: false }, [['Signed out of', name]]);
    });
};

const login = async ({ flags, environment, output }: Context, { resource }: { resource?: string }): Promise<void> => {
  const file = configFile(settingsFolder(environment));
  const name = flags.context ?? environment.COLLSYNC_CONTEXT ?? DEFAULT_CONTEXT;
  const kept = (await readConfig(file)).contexts[name];
  const url = flags.url ?? environment.COLLSYNC_URL ?? kept?.url ?? DEFAULT_URL;
  const how = await unwrap(connect({ url }).GET('/api/v1/sign-in'));
  const given = flags.token ?? environment.COLLSYNC_TOKEN;
  const session: Omit<Saved, 'url'> =
    how.mode === 'token' || given
      ? { token: given ?? (await askForToken()) }
      : await signInAt(how, (text) => output.say(text), resource);
  const me = await unwrap(connect({ url, token: session.token }).GET('/api/v1/me'));
  await keepSignIn(file, name, { ...session, url });
  output.say(`Signed in at ${url} as ${me.name} (${me.role}).`);
  if (output.format !== 'table') output.data({ context: name, url, name: me.name, role: me.role });
};

const signInAt = (
  { issuer, clientId, scope }: { issuer: string; clientId: string | null; scope: string },
  say: (text: string) => void,
  resource?: string,
): Promise<Omit<Saved, 'url'>> => {
  if (clientId === null) {
    throw new CliError(
      'The service names no client to sign in with.',
      EXIT.failed,
      'Set OIDC_CLIENT_ID in the status service, or give --token.',
    );
  }
  const show = (address: string, code: string): void => say(`Open ${address} and enter the code ${code}`);
  return deviceLogin({ issuer, clientId, scope }, show, resource ? { resource } : {});
};

const askForToken = async (): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const token = (await lines.question('Token: ')).trim();
    if (token === '')
      throw new CliError(
        'No token was given.',
        EXIT.usage,
        'Standalone prints where it keeps its token; or set COLLSYNC_TOKEN_FILE.',
      );
    return token;
  } finally {
    lines.close();
  }
};
