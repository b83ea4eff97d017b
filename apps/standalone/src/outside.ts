import { env } from '@collection-sync/core';
import { prepareSignIn, siteEnvironment } from '@collection-sync/configmgr';
import { GraphTenants, tenantEnvironment } from '@collection-sync/graph';
import { readEnvironment, type EnvironmentSource } from '@collection-sync/platform';
import { z } from 'zod';
import { startSimulatorProcess, type SimulatorProcess } from './simulator-process.js';

/** Site and tenant, wherever they are: the environment that leads the services to them. */
export interface Outside {
  readonly source: EnvironmentSource;
  readonly simulator?: SimulatorProcess;
}

/** Any of these says that site and tenant are elsewhere: then no simulator is started. */
const ADDRESSES = ['ADMINSERVICE_URL', 'GRAPH_BASE_URL', 'AZURE_TENANT_ID', 'TENANTS_FILE'];
const CREDENTIALS = [
  'GRAPH_STATIC_TOKEN',
  'GRAPH_STATIC_TOKEN_FILE',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_SECRET_FILE',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
];
/** Stand-ins take any token. */
const ANY_TOKEN = 'stand-in';
/** What is simulated is small and local: it may be asked more often than the real one. */
const SIMULATED_SECONDS = '5';

/** What the environment names, completed for stand-ins and checked; undefined where it names nothing. */
export const outsideGiven = async (): Promise<EnvironmentSource | undefined> => {
  const given = readEnvironment(z.record(z.string(), z.string()));
  if (!ADDRESSES.some((name) => given[name])) return undefined;
  const source = await completed(given);
  await prepareSignIn(readEnvironment(siteEnvironment.and(tenantEnvironment), source));
  return source;
};

export const outsideSimulated = async (folder: string): Promise<Required<Outside>> => {
  const given = readEnvironment(z.record(z.string(), z.string()));
  const simulator = await startSimulatorProcess(folder);
  const source = {
    SOURCE_TICK_SECONDS: SIMULATED_SECONDS,
    DIRECTORY_POLL_SECONDS: SIMULATED_SECONDS,
    DEMO_TOUR: 'true',
    ...given,
    ADMINSERVICE_URL: simulator.adminServiceUrl,
    ADMINSERVICE_AUTH: 'none',
    GRAPH_BASE_URL: simulator.graphUrl,
    GRAPH_STATIC_TOKEN: ANY_TOKEN,
    AZURE_TENANT_ID: simulator.tenantId,
  };
  return { source, simulator };
};

/** Addresses of stand-ins are enough: what only real parts need gets the value that a stand-in takes. */
const completed = async (given: EnvironmentSource): Promise<EnvironmentSource> => {
  const source: EnvironmentSource = { ...given };
  if (isHereByHttp(given['ADMINSERVICE_URL'])) source['ADMINSERVICE_AUTH'] ??= 'none';
  if (!given['GRAPH_BASE_URL']) return source;
  if (!CREDENTIALS.some((name) => given[name])) source['GRAPH_STATIC_TOKEN'] = ANY_TOKEN;
  if (!given['AZURE_TENANT_ID'] && !given['TENANTS_FILE']) source['AZURE_TENANT_ID'] = await tenantOf(source);
  return source;
};

const isHereByHttp = (url: string | undefined): boolean =>
  url?.startsWith('http:') === true && env.httpsUrl().safeParse(url).success;

const PLACEHOLDER = '00000000-0000-4000-8000-000000000000';
const organizations = z.object({ value: z.array(z.object({ id: z.string() })).min(1) });

/** A stand-in may say which tenant it stands for, as Graph does: https://learn.microsoft.com/graph/api/organization-list */
const tenantOf = async (source: EnvironmentSource): Promise<string | undefined> => {
  const environment = tenantEnvironment.safeParse({ ...source, AZURE_TENANT_ID: PLACEHOLDER });
  if (!environment.success) return undefined;
  const answer = await new GraphTenants(environment.data.tenants)
    .client(PLACEHOLDER)
    .request({ method: 'GET', path: '/organization', query: { $select: 'id' } })
    .catch(() => undefined);
  const parsed = organizations.safeParse(answer?.body);
  return parsed.success ? parsed.data.value[0]?.id : undefined;
};
