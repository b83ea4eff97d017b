import { SERVICES, type ServiceName } from '@collection-sync/core';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freshDatabase,
  freshRedis,
  freshTopicPrefix,
  runProcess,
  services,
  type RunningProcess,
} from '@collection-sync/testing';
import { ApiClient } from './api-client.js';
import { Installation, whenStarted, type Environment, type InstallationOptions } from './installation.js';
import { Simulator, type SimulatorClient } from './simulator.js';

export type Mode = 'standalone' | 'distributed';

export interface SystemOptions extends Pick<InstallationOptions, 'own'> {
  /** of the simulator, by name or file; ten-step by default */
  readonly world?: string;
  /** further arguments of the simulator */
  readonly worldArguments?: readonly string[];
  /** changes the simulated outside before the product sees it */
  readonly prepare?: (simulator: SimulatorClient) => Promise<unknown>;
  /** of all programs; changes are noticed each second without it, as a scenario has to wait for them */
  readonly environment?: Environment;
}

/** The whole product and a simulated outside, each in processes of its own. */
export interface System {
  readonly api: ApiClient;
  readonly simulator: SimulatorClient;
  readonly processes: Readonly<Record<string, RunningProcess>>;
  close(): Promise<void>;
}

export interface DistributedSystem extends System {
  readonly processes: Readonly<Record<ServiceName | 'simulator', RunningProcess>>;
  readonly installation: Installation;
}

const FAST = { SOURCE_TICK_SECONDS: '1', DIRECTORY_POLL_SECONDS: '1' };

/** Standalone says where it is ready and where the token is; it writes the token itself to a terminal alone. */
export const readyStandalone = async (standalone: RunningProcess): Promise<ApiClient> => {
  const ready = await standalone.line(/Collection Sync is ready: /, 90_000);
  const token = await standalone.line(/Sign in with the token/);
  const lastWord = (line: string): string => line.split(' ').at(-1) ?? '';
  return new ApiClient(lastWord(ready).replace(/\/$/, ''), (await readFile(lastWord(token), 'utf8')).trim());
};

export async function startSystem(mode: 'distributed', options?: SystemOptions): Promise<DistributedSystem>;
export async function startSystem(mode: Mode, options?: SystemOptions): Promise<System>;
export async function startSystem(mode: Mode, options: SystemOptions = {}): Promise<System> {
  const { world = 'ten-step', worldArguments = [], prepare, environment = {}, own } = options;
  const simulator = await Simulator.start(world, ...worldArguments);
  await prepare?.(simulator);
  const folder = await mkdtemp(join(tmpdir(), 'collection-sync-'));
  await chmod(folder, 0o755);
  const all = { ...FAST, ...simulator.environment, ...environment };
  const { processes, ...started } =
    mode === 'standalone' ? await startOneProcess(all, folder) : await startFourProcesses(all, folder, own);
  return {
    ...started,
    simulator,
    processes: { ...processes, simulator: simulator.process },
    close: async () => {
      await Promise.all(Object.values(processes).map((each) => each.stop()));
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const startOneProcess = async (
  environment: Environment,
  folder: string,
): Promise<Pick<System, 'api' | 'processes'>> => {
  const env = {
    NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
    LOG_LEVEL: 'info',
    ...environment,
    PORT: '0',
    DATA_DIR: folder,
  };
  const standalone = runProcess({ file: 'apps/standalone/dist/main.js', env });
  return { api: await readyStandalone(standalone), processes: { standalone } };
};

const startFourProcesses = async (
  environment: Environment,
  folder: string,
  own: SystemOptions['own'],
): Promise<Pick<DistributedSystem, 'api' | 'processes' | 'installation'>> => {
  const tokenFile = join(folder, 'token');
  const installation = new Installation(
    {
      KAFKA_BROKERS: services().kafkaBrokers,
      KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
      DATABASE_URL: await freshDatabase(),
      REDIS_URL: await freshRedis(),
      API_TOKEN_FILE: tokenFile,
      ...environment,
    },
    own ? { own } : {},
  );
  await installation.createTopics();
  const replicas = SERVICES.map((service) => [service, installation.run(service)] as const);
  await Promise.all(replicas.map(([service, replica]) => whenStarted(service, replica, 180_000)));
  const processes = Object.fromEntries(replicas) as DistributedSystem['processes'];
  const { url } = await whenStarted('status', processes.status);
  return { api: new ApiClient(url, (await readFile(tokenFile, 'utf8')).trim()), processes, installation };
};
