import type { ServiceName } from '@collection-sync/core';
import { runProcess, type RunningProcess } from '@collection-sync/testing';

export type Environment = Record<string, string>;
export type Program = ServiceName | 'topics';

export interface InstallationOptions {
  /** of one program, beside the environment of all */
  readonly own?: (program: Program) => Environment;
  /** the program of a service, relative to the repository */
  readonly mainOf?: (service: ServiceName) => string;
}

const SHARED: Environment = {
  NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
  LOG_LEVEL: 'info',
  HOST: '127.0.0.1',
  PORT: '0',
  API_AUTH: 'token',
};

/** The programs of a distributed installation, each in a process of its own. */
export class Installation {
  readonly environment: Readonly<Environment>;
  readonly #own: (program: Program) => Environment;
  readonly #mainOf: (service: ServiceName) => string;

  constructor(environment: Readonly<Environment>, options: InstallationOptions = {}) {
    this.environment = { ...SHARED, ...environment };
    this.#own = options.own ?? (() => ({}));
    this.#mainOf = options.mainOf ?? ((service) => `apps/${service}/dist/main.js`);
  }

  /** @param more environment than the others have */
  async createTopics(more: Environment = {}): Promise<void> {
    const env = { ...this.environment, TOPIC_PARTITIONS: '3', ...this.#own('topics'), ...more };
    const program = runProcess({ file: 'apps/topics/dist/main.js', env });
    const { code } = await program.exited;
    if (code !== 0) throw new Error(`the topics could not be created:\n${program.tail()}`);
  }

  /** One more replica. */
  run(service: ServiceName, more: Environment = {}): RunningProcess {
    const { REDIS_URL, ...withoutRedis } = this.environment;
    // what operators see needs no Redis: a test would not notice otherwise
    const env = service === 'status' || REDIS_URL === undefined ? withoutRedis : { ...withoutRedis, REDIS_URL };
    return runProcess({ file: this.#mainOf(service), env: { ...env, ...this.#own(service), ...more } });
  }
}

/** What a service says once it has started; a service without HTTP has no URL. */
export const whenStarted = async (
  service: ServiceName,
  replica: RunningProcess,
  deadline = 120_000,
): Promise<{ url: string }> =>
  JSON.parse(await replica.line(new RegExp(`"msg":"${service} started"`), deadline)) as { url: string };
