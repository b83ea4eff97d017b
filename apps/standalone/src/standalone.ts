import { InProcessBus } from '@collection-sync/bus';
import { adminServiceOf, captureSettingsOf, startCapture, type SiteEnvironment } from '@collection-sync/capture';
import { GraphTenants, type TenantConfig } from '@collection-sync/graph';
import { Health, Metrics, type Logger, type RunningService } from '@collection-sync/platform';
import { Database, migrate } from '@collection-sync/postgres';
import { InProcessBudget, InProcessLeases, InProcessLocks } from '@collection-sync/redis';
import { startResolver } from '@collection-sync/resolver';
import { startStatus } from '@collection-sync/status';
import { startWriter } from '@collection-sync/writer';
import { RetainedRecords } from './retained-records.js';

export interface StandaloneParts {
  readonly databaseUrl: string;
  readonly site: SiteEnvironment;
  readonly tenants: TenantConfig[];
  readonly token: string;
  readonly http: { readonly host: string; readonly port: number };
  /** how often Graph is asked for changes of the directory */
  readonly feedEveryMs?: number;
  readonly log: Logger;
}

export interface Standalone {
  readonly url: string;
  readonly failed: Promise<unknown>;
  close(): Promise<void>;
}

/** The four services in one process: the same modules as in the distributed installation, on parts of this process. */
export const startStandalone = async (parts: StandaloneParts): Promise<Standalone> => {
  const { databaseUrl, site, tenants, token, http, feedEveryMs, log } = parts;
  const databases: Database[] = [];
  const services: RunningService[] = [];
  const database = (schema: string): Database => {
    databases.push(new Database({ url: databaseUrl, schema, application: schema }));
    return databases.at(-1) as Database;
  };
  const records = database('bus');
  const names = ['capture', 'resolver', 'writer', 'status'];
  const bus = new InProcessBus({ store: new RetainedRecords(records), log, services: names });
  const adminService = adminServiceOf(site);
  const close = async (): Promise<void> => {
    // first, so that nobody waits for a subscriber that has gone; what was not delivered is still in the outboxes
    await bus.close();
    await Promise.all(services.map((service) => service.close()));
    await adminService.close();
    await Promise.all(databases.map((each) => each.close()));
  };
  const run = async (starting: Promise<RunningService>): Promise<RunningService> => {
    const service = await starting;
    services.push(service);
    return service;
  };
  try {
    await migrate(records, new URL('../migrations/', import.meta.url));
    const graph = new GraphTenants(tenants);
    const leases = new InProcessLeases();
    const locks = new InProcessLocks();
    const budget = new InProcessBudget((tenant) => graph.budget(tenant));
    const common = { bus, log, health: new Health(), metrics: new Metrics('standalone', { process: true }) };
    const feed = feedEveryMs === undefined ? {} : { settings: { feedEveryMs } };
    const settings = captureSettingsOf(site);
    await run(startWriter({ ...common, database: database('writer'), graph, leases, budget }));
    await run(startResolver({ ...common, database: database('resolver'), graph, locks, budget, ...feed }));
    await run(startCapture({ ...common, database: database('capture'), site: adminService, locks, settings }));
    const auth = { mode: 'token', token } as const;
    const status = await run(startStatus({ ...common, database: database('status'), graph, auth, http }));
    return { url: status.url ?? '', failed: Promise.race(services.map((service) => service.failed)), close };
  } catch (error) {
    await close();
    throw error;
  }
};
