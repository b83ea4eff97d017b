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
import { SimulatorClient, type SimulatorAddresses } from './simulator-client.js';

export type Service = ServiceName;
export type Mode = 'standalone' | 'distributed';
export type Environment = Record<string, string>;

/** The whole product and a simulated outside, each in processes of its own. */
export interface System {
  readonly api: ApiClient;
  readonly simulator: SimulatorClient;
  readonly processes: Readonly<Record<string, RunningProcess>>;
  /** one more replica of a service, in distributed mode; `more` in its environment than the others have */
  readonly start?: (service: Service, more?: Environment) => RunningProcess;
  /** of the services, in distributed mode */
  readonly environment?: Environment;
  close(): Promise<void>;
}

const QUIET = { NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning', LOG_LEVEL: 'info' };
/** Changes are noticed soon, as a scenario has to wait for them. */
const FAST = { SOURCE_TICK_SECONDS: '1', DIRECTORY_POLL_SECONDS: '1' };

/** Standalone says where the token is, and writes the token itself to a terminal alone. */
export const tokenTold = async (standalone: RunningProcess): Promise<string> => {
  const line = await standalone.line(/Sign in with the token/);
  return (await readFile(line.split(' ').at(-1) ?? '', 'utf8')).trim();
};

/**
 * @param prepare changes the simulated outside before the product sees it
 * @param more environment of all programs
 * @param own environment of one of them, in distributed mode
 */
export const startSystem = async (
  mode: Mode,
  world = 'ten-step',
  prepare?: (simulator: SimulatorClient) => Promise<unknown>,
  more: Environment = {},
  own: (program: Service | 'topics') => Environment = () => ({}),
): Promise<System> => {
  const simulatorProcess = runProcess({ file: 'apps/simulator/dist/main.js', args: ['--port', '0', '--world', world] });
  const addresses = JSON.parse(await simulatorProcess.line(/^\{/)) as SimulatorAddresses;
  const simulator = new SimulatorClient(addresses);
  await prepare?.(simulator);
  const folder = await mkdtemp(join(tmpdir(), 'collection-sync-'));
  await chmod(folder, 0o755);
  const outside = {
    ADMINSERVICE_URL: addresses.adminServiceUrl,
    ADMINSERVICE_AUTH: 'none',
    GRAPH_BASE_URL: addresses.graphUrl,
    GRAPH_STATIC_TOKEN: 'stand-in',
    AZURE_TENANT_ID: addresses.tenantId,
  };
  const start = mode === 'standalone' ? startOneProcess : startFourProcesses;
  const { url, token, processes, startOne, environment } = await start(
    { ...QUIET, ...FAST, ...outside, ...more },
    folder,
    own,
  );
  return {
    api: new ApiClient(url, token),
    simulator,
    processes: { ...processes, simulator: simulatorProcess },
    ...(startOne && environment ? { start: startOne, environment } : {}),
    close: async () => {
      await Promise.all(Object.values(processes).map((each) => each.stop()));
      await simulatorProcess.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

interface Started {
  readonly url: string;
  readonly token: string;
  readonly processes: Record<string, RunningProcess>;
  readonly startOne?: (service: Service, more?: Environment) => RunningProcess;
  readonly environment?: Environment;
}

const startOneProcess = async (environment: Environment, folder: string): Promise<Started> => {
  const env = { ...environment, PORT: '0', DATA_DIR: folder };
  const standalone = runProcess({ file: 'apps/standalone/dist/main.js', env });
  const ready = await standalone.line(/Collection Sync is ready: /, 60_000);
  const token = await tokenTold(standalone);
  return { url: ready.split(' ').at(-1)?.replace(/\/$/, '') ?? '', token, processes: { standalone } };
};

const startFourProcesses = async (
  environment: Environment,
  folder: string,
  own: (program: Service | 'topics') => Environment,
): Promise<Started> => {
  const { kafkaBrokers } = services();
  const tokenFile = join(folder, 'token');
  const env = {
    ...environment,
    KAFKA_BROKERS: environment['KAFKA_BROKERS'] ?? kafkaBrokers,
    KAFKA_TOPIC_PREFIX: environment['KAFKA_TOPIC_PREFIX'] ?? freshTopicPrefix(),
    DATABASE_URL: environment['DATABASE_URL'] ?? (await freshDatabase()),
    HOST: '127.0.0.1',
    PORT: '0',
  };
  const redis = { REDIS_URL: await freshRedis() };
  const topics = await runProcess({
    file: 'apps/topics/dist/main.js',
    env: { ...env, TOPIC_PARTITIONS: '3', ...own('topics') },
  }).exited;
  if (topics.code !== 0) throw new Error('the topics could not be created');
  const status = { ...env, API_AUTH: 'token', API_TOKEN_FILE: tokenFile };
  const startOne = (service: Service, more: Environment = {}): RunningProcess =>
    runProcess({
      file: `apps/${service}/dist/main.js`,
      env: { ...(service === 'status' ? status : { ...env, ...redis }), ...own(service), ...more },
    });
  const processes: Record<string, RunningProcess> = Object.fromEntries(
    SERVICES.map((service) => [service, startOne(service)]),
  );
  const started = await Promise.all(
    Object.entries(processes).map(([name, each]) => each.line(new RegExp(`"msg":"${name} started"`), 60_000)),
  );
  const { url } = JSON.parse(started.at(-1) ?? '{}') as { url: string };
  const token = await readFile(tokenFile, 'utf8');
  return { url, token: token.trim(), processes, startOne, environment: { ...status, ...redis } };
};
