import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What `login` keeps: in a file that only its owner reads. */
const saved = z.object({
  url: z.url(),
  token: z.string().min(1),
  refresh: z.object({ issuer: z.string(), clientId: z.string(), token: z.string() }).optional(),
  /** ISO time */
  expiresAt: z.string().optional(),
});
export type Saved = z.infer<typeof saved>;

export const configFile = (folder: string): string => join(folder, 'collsync', 'session.json');

export const readSaved = async (file: string): Promise<Saved | undefined> => {
  try {
    return saved.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeSaved = async (file: string, session: Saved): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
};

export const forgetSaved = (file: string): Promise<void> => rm(file, { force: true });
