import { CliError, EXIT } from '../exit-codes.js';
import { configFile, readConfig, writeConfig, type Config, type Saved } from './config.js';
import { refreshLogin } from './device-login.js';
import { settingsFolder, type CliEnvironment } from './environment.js';

export interface Session {
  readonly url: string;
  readonly token: string;
}
export interface SessionFlags {
  readonly url?: string;
  readonly token?: string;
  readonly context?: string;
}

export const DEFAULT_URL = 'http://127.0.0.1:8080';
export const DEFAULT_CONTEXT = 'default';
const RENEW_BEFORE_MS = 60_000;

/** Which context is meant: the one named, else the one of the address, else the current one. */
export const contextName = (
  { COLLSYNC_CONTEXT, COLLSYNC_URL }: CliEnvironment,
  flags: SessionFlags,
  { current, contexts }: Config,
): string | null => {
  const named = flags.context ?? COLLSYNC_CONTEXT;
  if (named !== undefined) return named;
  const url = flags.url ?? COLLSYNC_URL;
  if (url === undefined) return current;
  return Object.keys(contexts).find((name) => contexts[name]?.url === url) ?? null;
};

/** Flags before environment before what `login` kept. A token that is about to expire is renewed first. */
export const currentSession = async (environment: CliEnvironment, flags: SessionFlags): Promise<Session> => {
  const file = configFile(settingsFolder(environment));
  const config = await readConfig(file);
  const name = contextName(environment, flags, config);
  const kept = name === null ? undefined : config.contexts[name];
  if (name !== null && !kept && (flags.context ?? environment.COLLSYNC_CONTEXT) !== undefined)
    throw new CliError(`There is no context ${name}.`, EXIT.notFound, 'collsync context list shows them.');
  const url = flags.url ?? environment.COLLSYNC_URL ?? kept?.url ?? DEFAULT_URL;
  const given = flags.token ?? environment.COLLSYNC_TOKEN;
  if (given) return { url, token: given };
  // a token goes to the service that it was made for, and to no other
  if (name === null || !kept || kept.url !== url) throw notSignedIn(url);
  return { url, token: (await renewed(file, name, kept)).token };
};

const notSignedIn = (url: string): CliError =>
  new CliError(`You are not signed in at ${url}.`, EXIT.denied, `collsync login --url ${url}`);

const renewed = async (file: string, name: string, kept: Saved): Promise<Saved> => {
  const expires = kept.expiresAt ? Date.parse(kept.expiresAt) : Number.POSITIVE_INFINITY;
  if (expires - Date.now() > RENEW_BEFORE_MS || !kept.refresh) return kept;
  let session: Saved;
  try {
    session = { refresh: kept.refresh, ...(await refreshLogin(kept.refresh)), url: kept.url };
  } catch {
    throw new CliError('The sign-in has expired.', EXIT.denied, `collsync login --url ${kept.url}`);
  }
  const before = await readConfig(file);
  await writeConfig(file, { ...before, contexts: { ...before.contexts, [name]: session } });
  return session;
};
