import { adminServiceOf, type SiteEnvironment } from '@collection-sync/configmgr';
import type { CollectionType, Identity, SourceResource } from '@collection-sync/core';
import { failureOf, GraphTenants, isSuccess, type GraphClient, type tenantEnvironment } from '@collection-sync/graph';
import type { z } from 'zod';
import { examine, ok, type Finding } from './finding.js';

type Environment = SiteEnvironment & z.output<typeof tenantEnvironment>;

const SAMPLE = 5;
/** Pages of devices or users that are searched for some with an id. */
const MAX_PAGES = 5;

/** Two ways to look a device or user of the site up. */
interface Question {
  readonly id: (identity: Identity) => string | undefined;
  readonly ways: readonly {
    readonly by: string;
    readonly finds: (client: GraphClient, of: Identity) => Promise<boolean>;
  }[];
  readonly fix: string;
}

const QUESTIONS: Record<CollectionType, Question> = {
  device: {
    id: ({ deviceId }) => deviceId,
    ways: [
      { by: 'device id', finds: (client, { deviceId = '' }) => isListed(client, '/devices', 'deviceId', deviceId) },
      { by: 'object id', finds: (client, { deviceId = '' }) => isThere(client, '/devices', deviceId) },
    ],
    fix: 'Check that the site belongs to this tenant and that its devices are still in Entra ID: they join no group as long as they are not.',
  },
  user: {
    id: ({ userId }) => userId,
    ways: [
      { by: 'object id', finds: (client, { userId = '' }) => isThere(client, '/users', userId) },
      {
        by: 'SID',
        finds: async (client, { sid = '' }) =>
          sid !== '' && (await isListed(client, '/users', 'onPremisesSecurityIdentifier', sid)),
      },
    ],
    fix: 'Check that the site belongs to this tenant and that its users are still in Entra ID: they join no group as long as they are not.',
  },
};

/**
 * What AADDeviceID and AADUserID of the site hold in each tenant, which no public source proves. Some devices and users are looked up both
 * ways, as the resolver does.
 */
export const checkSiteIds = async (environment: Environment): Promise<Finding[]> => {
  const graph = new GraphTenants(environment.tenants);
  const kinds = Object.keys(QUESTIONS) as CollectionType[];
  return Promise.all(
    graph
      .tenants()
      .flatMap((tenant) =>
        kinds.map((kind) =>
          examine(`ids of ${kind}s ${tenant}`, () => checkIds(environment, graph.client(tenant, 'high'), tenant, kind)),
        ),
      ),
  );
};

const checkIds = async (
  environment: Environment,
  client: GraphClient,
  tenant: string,
  kind: CollectionType,
): Promise<Omit<Finding, 'check'>> => {
  const { ways, fix } = QUESTIONS[kind];
  const sample = await sampleOf(environment, tenant, kind);
  if (sample.length === 0)
    return { state: 'not checked', detail: `the site shows no ${kind} with an Entra id of this tenant` };
  const counts = await Promise.all(
    ways.map(async ({ by, finds }) => {
      const found = await Promise.all(sample.map((identity) => finds(client, identity)));
      return { by, count: found.filter(Boolean).length };
    }),
  );
  const known = counts.map(({ by, count }) => `${count} by ${by}`).join(', ');
  const detail = `of ${sample.length} ${kind}s of the site, the tenant knows ${known}`;
  return counts.some(({ count }) => count > 0) ? ok(detail) : { state: 'warning', detail, fix };
};

const sampleOf = async (environment: Environment, tenant: string, kind: CollectionType): Promise<Identity[]> => {
  const service = adminServiceOf(environment);
  const isUsable = ({ identity }: SourceResource): boolean =>
    QUESTIONS[kind].id(identity) !== undefined && (identity.tenantId ?? tenant) === tenant;
  const sample: Identity[] = [];
  let pages = 0;
  try {
    for await (const { items } of service.allResources(kind)) {
      sample.push(...items.filter(isUsable).map(({ identity }) => identity));
      pages += 1;
      if (sample.length >= SAMPLE || pages >= MAX_PAGES) break;
    }
    return sample.slice(0, SAMPLE);
  } finally {
    await service.close();
  }
};

const isListed = async (client: GraphClient, path: string, property: string, value: string): Promise<boolean> => {
  const $filter = `${property} eq '${value.replaceAll("'", "''")}'`;
  const answer = await client.request<{ value?: unknown[] }>({
    method: 'GET',
    path,
    query: { $filter, $select: 'id' },
  });
  if (!isSuccess(answer)) throw failureOf(answer, `GET ${path}`);
  return (answer.body.value?.length ?? 0) > 0;
};

const isThere = async (client: GraphClient, path: string, id: string): Promise<boolean> => {
  const answer = await client.request({ method: 'GET', path: `${path}/${id}`, query: { $select: 'id' } });
  if (!isSuccess(answer) && answer.status !== 404) throw failureOf(answer, `GET ${path}/{id}`);
  return isSuccess(answer);
};
