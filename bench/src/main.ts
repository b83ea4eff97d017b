import { parseArgs } from 'node:util';

// npm run bench -- NAME [arguments]: figures as ratios measured in one run, ours beside the bound and beside the peers' ways
const BENCHES: Readonly<Record<string, (args: string[]) => Promise<unknown>>> = {
  capture: async (args) => (await import('./capture.js')).run(args),
  console: async () => (await import('./console.js')).run(),
  pipeline: async (args) => (await import('./pipeline.js')).run(args),
  resolver: async () => (await import('./resolver.js')).run(),
  sizing: async (args) => (await import('./sizing.js')).run(args),
  status: async () => (await import('./status.js')).run(),
  writer: async (args) => (await import('./writer.js')).run(writerOptions(args)),
};

const writerOptions = (args: string[]) => {
  const { values } = parseArgs({
    args,
    options: { 'time-scale': { type: 'string' }, applications: { type: 'string' }, 'no-peers': { type: 'boolean' } },
  });
  return {
    ...(values['time-scale'] ? { timeScale: Number(values['time-scale']) } : {}),
    ...(values.applications ? { applications: [Number(values.applications)] } : {}),
    ...(values['no-peers'] ? { peers: false } : {}),
  };
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (!bench) {
  console.error(`npm run bench -- NAME [arguments], where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
process.exit((await bench(args)) === false ? 1 : 0);
