import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@collection-sync/postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEmbeddedServer, type EmbeddedServer } from './embedded-server.js';

let folder: string;
let server: EmbeddedServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const query = async (url: string, text: string): Promise<unknown[]> => {
  const database = new Database({ url, schema: 'public', application: 'test' });
  try {
    return await database.query(text);
  } finally {
    await database.close();
  }
};

it('keeps its data between starts, and takes over a server that an earlier process left running', async () => {
  server = await startEmbeddedServer(folder);
  expect(server.adopted).toBe(false);
  await query(server.url, 'create table kept as select 7 as answer');

  const second = await startEmbeddedServer(folder);
  expect(second).toMatchObject({ adopted: true, url: server.url });

  await second.stop();
  server = await startEmbeddedServer(folder);
  expect(server.adopted).toBe(false);
  expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 7 }]);
});
