import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runProcess } from './run-process.js';
import { freePorts } from './services/ports.js';
import { isAlive, referenceTo } from './services/processes.js';

const folder = await mkdtemp(join(tmpdir(), 'collection-sync-'));
afterAll(() => rm(folder, { recursive: true }));

it('shows what a program prints, waits for its answer, freezes and kills it', async () => {
  const [port] = await freePorts(1);
  const file = await program(
    'server.mjs',
    `import { createServer } from 'node:http';
     createServer((request, response) => response.end(process.env.WORD)).listen(process.env.PORT, '127.0.0.1', () => console.log('listens'));`,
  );
  const server = runProcess({ file, env: { PORT: String(port), WORD: 'hello' } });
  const url = `http://127.0.0.1:${port}`;
  expect(await server.line(/listens/)).toBe('listens');
  await server.answers(url);
  expect(await (await fetch(url)).text()).toBe('hello');

  server.pause();
  await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow('aborted');
  server.resume();
  await server.answers(url);

  const reference = referenceTo(server.pid!);
  expect(await server.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(isAlive(reference)).toBe(false);
});

it('says so, with the last lines, when a program ends too early', async () => {
  const file = await program('broken.mjs', `console.error('DATABASE_URL is missing'); process.exit(3);`);
  await expect(runProcess({ file }).line(/ready/)).rejects.toThrow(
    /ended \(3\) before a line[^]*DATABASE_URL is missing/,
  );
});

it('gives a program nothing of our environment but what it needs to run', async () => {
  const file = await program('environment.mjs', `console.log(Object.keys(process.env).sort().join());`);
  const child = runProcess({ file, env: { MINE: '1' } });
  await child.exited;
  expect(child.lines[0]!.split(',')).not.toContain('DATABASE_URL');
  expect(child.lines[0]!.split(',')).toContain('MINE');
});

async function program(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}
