import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { prettifyError, ZodError } from 'zod';
import { startSimulator } from './start-simulator.js';

interface CommandLine {
  port: number;
  host: string;
  world: string;
  keep?: string;
  seed?: number;
  timeScale: number;
  devices?: number;
  users?: number;
  collections?: number;
  churn: number;
  tlsPort?: number;
  tlsHost?: string[];
  caFile?: string;
  staticToken?: string | boolean;
  adminserviceAuth: 'none' | 'bearer' | 'negotiate';
}

/** What is wrong and where, in words of the one who started it. */
function explain(error: unknown): string {
  if (error instanceof ZodError) return `the world is not valid. ${prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}

const program = new Command('simulator')
  .description('Stand-ins for an AdminService and an Entra tenant. Prints its addresses as one line of JSON.')
  .option('--port <port>', 'port of the HTTP faces; 0 picks a free one', Number, 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--world <name>', 'ten-step, demo, small, typical, large, or a JSON file', 'ten-step')
  .option('--keep <path>', 'where the world is written at the end, and read from at the next start')
  .option('--seed <n>', 'seed of a generated world', Number)
  .option('--time-scale <factor>', 'how many times faster than the wall clock simulated time runs', Number, 1)
  .option('--devices <n>', 'devices of a generated world', Number)
  .option('--users <n>', 'users of a generated world', Number)
  .option('--collections <n>', 'collections of a generated world', Number)
  .option('--churn <n>', 'things that happen by themselves per simulated minute', Number, 0)
  .option('--tls-port <port>', 'serve everything over HTTPS too; 0 picks a free port', Number)
  .option('--tls-host <name...>', 'more host names for the certificate')
  .option('--ca-file <path>', 'where to write the root certificate to trust')
  .option('--static-token <token>', 'accept only this bearer token for Graph; without it any is accepted')
  .option('--no-static-token', 'accept only tokens of the token endpoint')
  .addOption(
    new Option('--adminservice-auth <mode>', 'how the AdminService asks for credentials; negotiate needs KRB5_KTNAME')
      .choices(['none', 'bearer', 'negotiate'])
      .default('none'),
  );

const options = program.parse().opts<CommandLine>();
const { devices, users, collections, churn, keep, caFile, adminserviceAuth, tlsHost, staticToken, ...rest } = options;
const given = Object.entries({ devices, users, collections }).filter(([, n]) => n !== undefined);
try {
  const simulator = await startSimulator({
    ...rest,
    ...(keep !== undefined && existsSync(keep) ? { world: keep } : {}),
    staticToken: staticToken ?? true,
    size: Object.fromEntries(given),
    churnPerMinute: churn,
    adminService: { 'auth.mode': adminserviceAuth },
    ...(tlsHost ? { tlsHosts: tlsHost } : {}),
  });
  if (caFile && simulator.https) writeFileSync(caFile, simulator.https.ca);
  const { close, saveWorld, ...addresses } = simulator;
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  const end = async (): Promise<void> => {
    if (keep !== undefined) await saveWorld(keep);
    await close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
} catch (error) {
  program.error(`The simulator could not start: ${explain(error)}`);
}
