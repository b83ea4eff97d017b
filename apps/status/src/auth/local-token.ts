import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Identity } from './actor.js';
import { Authenticator, type SignIn } from './authenticator.js';
import { SignInRefused } from './sign-in-refused.js';

const SHORTEST = 32;

/**
 * The one token of a local installation: made at first start, kept in a file that only its owner reads. Several processes may start at
 * once; all get the same.
 */
export const localToken = async (file: string): Promise<string> => {
  const known = await readToken(file);
  if (known !== undefined) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readToken(file);
  if (made === undefined) throw new Error(`the token file ${file} vanished while it was made`);
  return made;
};

const readToken = async (file: string): Promise<string | undefined> => {
  try {
    const token = (await readFile(file, 'utf8')).trim();
    if (token.length < SHORTEST) throw new Error(`the token in ${file} is too short; delete the file to get a new one`);
    await chmod(file, 0o600).catch((error: unknown) => {
      // a mounted Secret has the mode that whoever mounted it gave it
      if (!isCode(error, 'EROFS') && !isCode(error, 'EPERM')) throw error;
    });
    return token;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The holder of the local token may do everything. */
export class LocalTokenAuthenticator extends Authenticator {
  readonly signIn: SignIn = { mode: 'token' };
  private readonly expected: Buffer;

  constructor(token: string) {
    super();
    if (token.length < SHORTEST) throw new Error(`a local token has at least ${SHORTEST} characters`);
    this.expected = digest(token);
  }

  identify(token: string): Promise<Identity> {
    if (timingSafeEqual(digest(token), this.expected))
      return Promise.resolve({
        name: 'local',
        role: 'Admin',
        grants: [{ role: 'Admin' }],
        issuer: 'local',
        subject: 'local',
        objectId: null,
      });
    return Promise.reject(new SignInRefused('The token is not the one of this installation.', { counts: true }));
  }
}
