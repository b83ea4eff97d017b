import { Command, Option } from 'commander';
import { startSimulator } from './start-simulator.js';

const program = new Command('simulator')
  .description('Stand-ins for an AdminService and an Entra tenant. Prints its addresses as one line of JSON.')
  .option('--port <port>', 'port of the HTTP faces; 0 picks a free one', Number, 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--world <name>', 'ten-step, demo, small, typical, large, or a JSON file', 'ten-step')
  .option('--seed <n>', 'seed of a generated world', Number)
  .option('--time-scale <factor>', 'how many times faster than the wall clock simulated time runs', Number, 1)
  .addOption(
    new Option('--static-token <token>', 'accept only this bearer token for Graph; without it any is accepted'),
  );

const options = program.parse().opts<{
  port: number;
  host: string;
  world: string;
  seed?: number;
  timeScale: number;
  staticToken?: string;
}>();
const simulator = await startSimulator({ ...options, staticToken: options.staticToken ?? true });
const { close, ...addresses } = simulator;
process.stdout.write(`${JSON.stringify(addresses)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
