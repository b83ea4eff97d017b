import { spawn } from 'node:child_process';
import { withEnvironment } from '../environment.js';
import { down, startServices, status, up } from './service-set.js';

const HELP = `Kafka, PostgreSQL and Redis for development and tests.

  npm run services -- up               start them, or find them running; they stay. Prints their environment
  npm run services -- status           show what up started and whether it answers
  npm run services -- down             stop them and delete their data
  npm run services -- run -- COMMAND   start a set of its own, run the command with its environment, stop the set

Each is taken from the first of these that works: the address in the environment (KAFKA_BROKERS, DATABASE_URL,
REDIS_URL), a Docker engine, programs of this machine, which are installed where that is allowed.`;

const report = (line: string) => console.error(`services: ${line}`);

async function main([verb, ...rest]: string[]): Promise<number> {
  switch (verb) {
    case 'up':
      print(await up(report));
      return 0;
    case 'down':
      await down();
      return 0;
    case 'status':
      return showStatus();
    case 'run':
      return run(rest[0] === '--' ? rest.slice(1) : rest);
    default:
      console.error(HELP);
      return verb === undefined || verb === 'help' || verb === '--help' ? 0 : 2;
  }
}

function print(env: Record<string, string>): void {
  for (const [name, value] of Object.entries(env)) console.log(`${name}=${value}`);
}

async function showStatus(): Promise<number> {
  const services = await status();
  for (const { name, address, origin, pid, answers } of services) {
    console.log(
      `${name.padEnd(8)} ${answers ? 'answers' : 'does not answer'} at ${address} (${origin}, pid ${pid ?? 'none'})`,
    );
  }
  if (services.length === 0) console.log('nothing was started: npm run services -- up');
  return services.length > 0 && services.every((service) => service.answers) ? 0 : 1;
}

async function run([command, ...args]: string[]): Promise<number> {
  if (command === undefined) {
    console.error(HELP);
    return 2;
  }
  let interrupted = false;
  const remember = () => void (interrupted = true);
  process.once('SIGINT', remember).once('SIGTERM', remember);
  const services = await startServices(report);
  try {
    if (interrupted) return 130;
    return await runWith(services.env, command, args);
  } finally {
    await services.stop();
    report('stopped');
  }
}

function runWith(env: Record<string, string>, command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: withEnvironment(env), stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => {
      // A terminal has sent Ctrl-C to the command already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`services: ${(error as Error).message}`);
  process.exitCode = 1;
}
