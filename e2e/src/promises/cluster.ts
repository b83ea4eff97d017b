import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '@collection-sync/core';
import {
  eventually,
  freePorts,
  freshDatabase,
  startKafka,
  startPostgres,
  startRedis,
  whenDone,
} from '@collection-sync/testing';
import { ApiClient } from '../api-client.js';
import { Installation, type Environment } from '../installation.js';
import type { Simulator } from '../simulator.js';
import { proofMain } from './proof-main.js';
import { Replica } from './replica.js';
import { REPLICAS, SETTINGS, type Service } from './settings.js';
import { emptyTenant, startTenant, tenantsEnvironment } from './tenants.js';
import type { Safeguard } from './mains/proof-parts.js';

type OwnService = Awaited<ReturnType<typeof startKafka>>;

/** How a replica differs from the others. */
export interface Difference {
  /** its clock is ahead by so much */
  readonly clockMs?: number;
  /** composed without a safeguard */
  readonly without?: Safeguard;
  /** other times than those of all */
  readonly settings?: Readonly<Record<string, number>>;
}

const SECOND_TENANT = '7e57ab1e-0000-4000-8000-000000000002';

/** The four services in several processes each, on a Kafka, PostgreSQL and Redis of their own, beside a simulated site and two tenants. */
export class Cluster {
  readonly replicas: Replica[] = [];

  private constructor(
    readonly kafka: OwnService,
    readonly postgres: OwnService,
    readonly redis: OwnService,
    readonly databaseUrl: string,
    /** the site, and the tenant that most of its devices belong to */
    readonly first: Simulator,
    /** another tenant, with an address of its own */
    readonly second: Simulator,
    private readonly folder: string,
    private readonly installation: Installation,
  ) {}

  static async start(): Promise<Cluster> {
    const [kafka, postgres, redis] = await Promise.all([startKafka(), startPostgres(), startRedis()]);
    const databaseUrl = await freshDatabase({ server: postgres.address });
    const folder = await mkdtemp(join(tmpdir(), 'collection-sync-proof-'));
    whenDone(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755);
    const [first, second] = await Promise.all([
      startTenant('ten-step'),
      startTenant(await emptyTenant(folder, SECOND_TENANT)),
    ]);
    const [port = 0] = await freePorts(1);
    const environment: Environment = {
      PORT: String(port),
      ...kafka.env,
      ...redis.env,
      DATABASE_URL: databaseUrl,
      ADMINSERVICE_URL: first.addresses.adminServiceUrl,
      ADMINSERVICE_AUTH: 'none',
      ...(await tenantsEnvironment(folder, [first, second])),
      PROOF_POINTS: folder,
      API_TOKEN_FILE: join(folder, 'token'),
    };
    const installation = new Installation(environment, { mainOf: proofMain });
    const cluster = new Cluster(kafka, postgres, redis, databaseUrl, first, second, folder, installation);
    await cluster.createTopics();
    for (const service of SERVICES) for (let at = 0; at < REPLICAS[service]; at += 1) cluster.add(service);
    await Promise.all(cluster.replicas.map((replica) => replica.started()));
    return cluster;
  }

  createTopics(): Promise<void> {
    return this.installation.createTopics();
  }

  get outside(): Simulator {
    return this.first;
  }

  get tenant(): string {
    return this.first.tenant;
  }

  /** What an operator asks and is told. A service that is just being started again is asked once more. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const token = (await readFile(join(this.folder, 'token'), 'utf8')).trim();
    const api = new ApiClient(`http://127.0.0.1:${this.installation.environment['PORT']}`, token);
    return api.request<T>(method, path, body);
  }

  of(service: Service): Replica[] {
    return this.replicas.filter((replica) => replica.service === service);
  }

  add(service: Service, { clockMs, without, settings }: Difference = {}): Replica {
    const own = {
      PROOF_SETTINGS: JSON.stringify({ ...SETTINGS[service], ...settings }),
      ...(clockMs === undefined ? {} : { PROOF_CLOCK_MS: String(clockMs) }),
      ...(without === undefined ? {} : { PROOF_WITHOUT: without }),
    };
    const replica = new Replica(service, () => this.installation.run(service, own));
    this.replicas.push(replica);
    return replica;
  }

  async remove(replicas: readonly Replica[]): Promise<void> {
    await Promise.all(replicas.map((replica) => replica.stop()));
    for (const replica of replicas) this.replicas.splice(this.replicas.indexOf(replica), 1);
  }

  /** All replicas of a service make way for others for as long as `work` takes. */
  async instead<T>(service: Service, differences: readonly Difference[], work: () => Promise<T>): Promise<T> {
    await this.remove(this.of(service));
    const others = differences.map((difference) => this.add(service, difference));
    try {
      await Promise.all(others.map((replica) => replica.started()));
      return await work();
    } finally {
      await this.remove(others);
      const again = Array.from({ length: REPLICAS[service] }, () => this.add(service));
      await Promise.all(again.map((replica) => replica.started()));
    }
  }

  /** Asks for a signal at a named point: the first process to pass it gets it. */
  arm(point: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return writeFile(join(this.folder, point), signal);
  }

  async disarm(point: string): Promise<void> {
    await rm(join(this.folder, point), { force: true });
  }

  /** Process id of who got the signal at a point; undefined while nobody passed it. */
  async struckAt(point: string): Promise<number | undefined> {
    const taken = (await readdir(this.folder)).find((name) => name.startsWith(`${point}.`));
    if (!taken) return undefined;
    await rm(join(this.folder, taken));
    return Number(taken.slice(point.length + 1));
  }

  async allRunning(): Promise<void> {
    await eventually(() => this.replicas.every((replica) => replica.running), {
      deadline: 120_000,
      what: 'all processes to run again',
    });
  }

  /** After a trial that ended early: everything runs, and nothing is made to fail. */
  async putInOrder(): Promise<void> {
    for (const outside of [this.first, this.second]) {
      outside.thaw();
      await outside.clearFaults();
      await outside.send('DELETE', '/switches');
    }
    for (const each of [this.kafka, this.postgres, this.redis]) if (!(await each.answers())) await each.start();
    for (const replica of this.replicas) replica.thaw();
    for (const service of SERVICES) {
      const running = this.of(service);
      await this.remove(running.slice(REPLICAS[service]));
      for (let at = running.length; at < REPLICAS[service]; at += 1) this.add(service);
    }
    await this.allRunning();
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.#closeOutside();
  }

  /** Without waiting for work under way. */
  async end(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.end()));
    await this.#closeOutside();
  }

  async #closeOutside(): Promise<void> {
    await Promise.all([this.first.close(), this.second.close()]);
  }
}
