import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localToken, LocalTokenAuthenticator } from './local-token.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the local token', () => {
  it('is made once, for its owner only', async () => {
    const file = join(folder, 'deep/token');
    const [first, second] = await Promise.all([localToken(file), localToken(file)]);
    expect(first).toHaveLength(43);
    expect(second).toBe(first);
    expect(await localToken(file)).toBe(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is not taken from a file that somebody emptied', async () => {
    const file = join(folder, 'token');
    await writeFile(file, '\n');
    await expect(localToken(file)).rejects.toThrow('too short');
  });

  it('opens everything, and nothing else does', async () => {
    const authenticator = new LocalTokenAuthenticator('x'.repeat(40));
    expect(await authenticator.identify('x'.repeat(40))).toEqual({
      name: 'local',
      role: 'Admin',
      grants: [{ role: 'Admin' }],
      issuer: 'local',
      subject: 'local',
      objectId: null,
    });
    await expect(authenticator.identify('x'.repeat(39))).rejects.toMatchObject({ status: 401 });
  });
});
