import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CliError, EXIT } from '../exit-codes.js';

/** A sign-in at one installation. */
const saved = z.object({
  url: z.url(),
  token: z.string().min(1),
  refresh: z.object({ issuer: z.string(), clientId: z.string(), token: z.string() }).optional(),
  /** ISO time */
  expiresAt: z.string().optional(),
});
export type Saved = z.infer<typeof saved>;

/** What `login` keeps: a sign-in for each installation, by the name that its user gave it. */
const config = z.object({ current: z.string().nullable(), contexts: z.record(z.string(), saved) });
export type Config = z.infer<typeof config>;

export const configFile = (folder: string): string => join(folder, 'collsync', 'config.json');

export const readConfig = async (file: string): Promise<Config> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { current: null, contexts: {} };
  }
  try {
    return config.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${file} cannot be understood.`, EXIT.usage, 'Delete it, and sign in again.');
  }
};

/** In a file that only its owner reads; never half written. */
export const writeConfig = async (file: string, content: Config): Promise<void> => {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const part = `${file}.${process.pid}`;
    await writeFile(part, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(part, file);
  } catch (error) {
    throw new CliError(
      `The sign-in cannot be kept in ${file} (${error instanceof Error ? error.message : String(error)}).`,
      EXIT.failed,
      'Set XDG_CONFIG_HOME to a folder that you may write.',
    );
  }
};

export const keepSignIn = async (file: string, name: string, session: Saved): Promise<void> => {
  const before = await readConfig(file);
  await writeConfig(file, { current: name, contexts: { ...before.contexts, [name]: session } });
};
