import { CliError, EXIT } from '../exit-codes.js';
import { configFile, readSaved, writeSaved } from './config.js';
import { refreshLogin } from './device-login.js';
import { settingsFolder, type CliEnvironment } from './environment.js';

export interface Session {
  readonly url: string;
  readonly token: string;
}

export const DEFAULT_URL = 'http://127.0.0.1:8080';
const RENEW_BEFORE_MS = 60_000;

/** Flags before environment before what `login` kept. A token that is about to expire is renewed first. */
export const currentSession = async (
  environment: CliEnvironment,
  flags: { url?: string; token?: string },
): Promise<Session> => {
  const file = configFile(settingsFolder(environment));
  const saved = await readSaved(file);
  const url = flags.url ?? environment.COLLSYNC_URL ?? saved?.url ?? DEFAULT_URL;
  const given = flags.token ?? environment.COLLSYNC_TOKEN;
  if (given) return { url, token: given };
  // a token goes to the service that it was made for, and to no other
  if (!saved || saved.url !== url) {
    throw new CliError(`You are not signed in at ${url}.`, EXIT.denied, `collsync login --url ${url}`);
  }
  const expires = saved.expiresAt ? Date.parse(saved.expiresAt) : Number.POSITIVE_INFINITY;
  if (expires - Date.now() > RENEW_BEFORE_MS || !saved.refresh) return { url, token: saved.token };
  try {
    const renewed = await refreshLogin(saved.refresh);
    await writeSaved(file, { refresh: saved.refresh, ...renewed, url });
    return { url, token: renewed.token };
  } catch {
    throw new CliError('The sign-in has expired.', EXIT.denied, `collsync login --url ${url}`);
  }
};
