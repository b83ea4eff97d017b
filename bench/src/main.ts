import type { ParseArgsOptionsConfig } from 'node:util';
import { readOptions, withServices } from '@collection-sync/testing';

const USAGE = `Figures as ratios measured in one run, ours beside the bound and beside the peers' ways: docs/benchmarks.md.

  npm run bench -- writer [--time-scale N] [--applications 1|3] [--no-peers]
  npm run bench -- capture [--sizes N,N,…] [--collections N] [--tick SECONDS] [--changes N]
  npm run bench -- resolver
  npm run bench -- pipeline [--members N] [--tick SECONDS] [--changes N] [--profile FOLDER]
  npm run bench -- pipeline --churn MINUTES [--collections N] [--members N] [--devices N] [--tick SECONDS]
  npm run bench -- status
  npm run bench -- console
  npm run bench -- sizing [--devices N] [--collections N] [--steady SECONDS] [--deadline SECONDS]`;

const bench =
  <const O extends ParseArgsOptionsConfig>(
    options: O,
    run: (values: ReturnType<typeof readOptions<O>>) => Promise<unknown>,
  ) =>
  (args: string[]): Promise<unknown> => {
    const values = readOptions(USAGE, options, args);
    return withServices(() => run(values));
  };

const text = { type: 'string' } as const;

const BENCHES: Readonly<Record<string, (args: string[]) => Promise<unknown>>> = {
  capture: bench({ sizes: text, collections: text, tick: text, changes: text }, async (options) =>
    (await import('./capture.js')).run(options),
  ),
  console: bench({}, async () => (await import('./console.js')).run()),
  pipeline: bench(
    { members: text, tick: text, changes: text, churn: text, collections: text, devices: text, profile: text },
    async (options) => (await import('./pipeline.js')).run(options),
  ),
  resolver: bench({}, async () => (await import('./resolver.js')).run()),
  sizing: bench({ devices: text, collections: text, steady: text, deadline: text }, async (options) =>
    (await import('./sizing.js')).run(options),
  ),
  status: bench({}, async () => (await import('./status.js')).run()),
  writer: bench(
    { 'time-scale': text, applications: text, 'no-peers': { type: 'boolean' } },
    async ({ 'time-scale': timeScale, applications, 'no-peers': alone }) =>
      (await import('./writer.js')).run({
        ...(timeScale ? { timeScale: Number(timeScale) } : {}),
        ...(applications ? { applications: [Number(applications)] } : {}),
        ...(alone ? { peers: false } : {}),
      }),
  ),
};

const [name = '', ...args] = process.argv.slice(2);
const chosen = BENCHES[name];
if (chosen) process.exit((await chosen(args)) === false ? 1 : 0);
readOptions(USAGE, {}, [name || '--help']);
