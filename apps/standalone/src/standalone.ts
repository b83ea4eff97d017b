import { InProcessBus } from '@collection-sync/bus';
import { capture } from '@collection-sync/capture';
import { adminServiceOf, siteEnvironment } from '@collection-sync/configmgr';
import { Part } from '@collection-sync/core';
import { GraphTenants, MeteredGraph, outsideOf, tenantEnvironment } from '@collection-sync/graph';
import {
  Health,
  Metrics,
  readEnvironment,
  type EnvironmentSource,
  type Listening,
  type Logger,
  type RunningService,
} from '@collection-sync/platform';
import { ServiceDatabase, type DatabaseTuning } from '@collection-sync/postgres';
import { InProcessBudget, InProcessLeases, InProcessLocks } from '@collection-sync/redis';
import { resolver } from '@collection-sync/resolver';
import { LocalTokenAuthenticator, status } from '@collection-sync/status';
import { writer } from '@collection-sync/writer';
import { RetainedRecords } from './retained-records.js';

export interface StandaloneParts {
  readonly databaseUrl: string;
  /** the variables of the site, the tenants and the services */
  readonly source: EnvironmentSource;
  /** the local token; without it the variables of the OpenID provider say who may sign in */
  readonly token?: string;
  readonly http: Listening;
  readonly log: Logger;
}

export interface Standalone {
  readonly url: string;
  readonly failed: Promise<unknown>;
  close(): Promise<void>;
}

/** The four services in one process: the same declarations as in the distributed installation, on parts of this process. */
export const startStandalone = async (parts: StandaloneParts): Promise<Standalone> => {
  const { databaseUrl, source, token, log } = parts;
  const environment = readEnvironment(siteEnvironment.and(tenantEnvironment), source);
  const databases: ServiceDatabase[] = [];
  const services: RunningService[] = [];
  const database = (schema: string, tuning: DatabaseTuning = {}): ServiceDatabase => {
    const opened = new ServiceDatabase({ ...tuning, url: databaseUrl, schema, application: schema });
    databases.push(opened);
    return opened;
  };
  const records = database('bus');
  const names = [capture, resolver, writer, status].map(({ name }) => name);
  const bus = new InProcessBus({ store: new RetainedRecords(records), log, services: names });
  const site = adminServiceOf(environment);
  const tenants = new GraphTenants(environment.tenants);
  const locks = new InProcessLocks();
  const budget = new InProcessBudget((tenant) => tenants.budget(tenant));
  const graph = new MeteredGraph(tenants, budget);
  // one of the services is enough to look at it
  const watched = Part.define({ make: () => graph, outside: () => outsideOf(tenants) });
  const auth = token === undefined ? {} : { auth: new LocalTokenAuthenticator(token) };
  const common = { bus, http: undefined };
  const close = async (): Promise<void> => {
    // first, so that nobody waits for a subscriber that has gone; what was not delivered is still in the outboxes
    await bus.close();
    await Promise.all(services.map((service) => service.close()));
    await site.close();
    await Promise.all(databases.map((each) => each.close()));
  };
  const composed = [
    writer.with({
      ...common,
      database: database('writer', { byKey: true }),
      graph: watched,
      leases: new InProcessLeases(),
      budget,
    }),
    resolver.with({ ...common, database: database('resolver'), graph, locks }),
    capture.with({ ...common, database: database('capture'), source: site, locks }),
    status.with({ bus, database: database('status'), graph, ...auth, http: parts.http }),
  ];
  try {
    await records.migrate(new URL('../migrations/', import.meta.url));
    const options = { source, health: new Health(), metrics: new Metrics('standalone', { process: true }) };
    for (const service of composed) services.push(await service.start(log, options));
    const url = services.at(-1)?.url ?? '';
    return { url, failed: Promise.race(services.map((service) => service.failed)), close };
  } catch (error) {
    await close();
    throw error;
  }
};
