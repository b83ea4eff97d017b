import { KafkaBus, kafkaEnvironment } from '@collection-sync/bus';
import { adminServiceOf, siteEnvironment, type SiteEnvironment } from '@collection-sync/configmgr';
import {
  GraphTenants,
  identityEnvironment,
  isSuccess,
  failureOf,
  ownTokens,
  tenantEnvironment,
  unmetNeeds,
  type GraphClient,
  type Need,
} from '@collection-sync/graph';
import { EnvironmentError, readEnvironment, silentLogger, type EnvironmentSource } from '@collection-sync/platform';
import { Database, databaseEnvironment } from '@collection-sync/postgres';
import { connectRedis, redisEnvironment } from '@collection-sync/redis';
import type { z } from 'zod';
import { checkSiteForms } from './check-site-forms.js';
import { checkSiteIds } from './check-site-ids.js';
import { examine, ok, type Finding } from './finding.js';

const connections = kafkaEnvironment.and(databaseEnvironment).and(redisEnvironment).and(identityEnvironment);

/** What the services need, asked directly with the environment that they have. Without that environment it is said so. */
export const checkInstallation = async (source?: EnvironmentSource): Promise<Finding[]> => [
  ...(await withEnvironment('KAFKA_BROKERS, DATABASE_URL, REDIS_URL', connections, source, checkConnections)),
  ...(await withEnvironment('ADMINSERVICE_URL', siteEnvironment, source, checkSite)),
  ...(await withEnvironment('TENANTS_FILE or AZURE_TENANT_ID', tenantEnvironment, source, checkTenants)),
  ...(await withEnvironment(
    'ADMINSERVICE_URL and TENANTS_FILE or AZURE_TENANT_ID',
    siteEnvironment.and(tenantEnvironment),
    source,
    checkSiteIds,
  )),
];

const withEnvironment = async <T>(
  variables: string,
  schema: z.ZodType<T>,
  source: EnvironmentSource | undefined,
  check: (environment: T) => Promise<Finding[]>,
): Promise<Finding[]> => {
  let environment: T;
  try {
    environment = readEnvironment(schema, source);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const fix = `To check it from here, run doctor with the environment of the services: ${variables}.`;
    return [{ check: variables, state: 'not checked', detail: error.message.split('\n').slice(0, 4).join(' '), fix }];
  }
  return check(environment);
};

const MOST_SKEW_MS = 2_000;

const checkConnections = async ({ kafka, database, redis, own }: z.output<typeof connections>): Promise<Finding[]> => [
  await examine('broker', async () => {
    const bus = new KafkaBus({
      ...kafka,
      tokens: ownTokens(own),
      clientId: 'collection-sync-doctor',
      log: silentLogger(),
    });
    try {
      await bus.ping();
      return ok(kafka.brokers.join(', '));
    } finally {
      await bus.close();
    }
  }),
  await examine('database', async () => {
    const connected = new Database({
      ...database,
      tokens: ownTokens(own),
      schema: 'status',
      application: 'doctor',
      max: 1,
    });
    try {
      const [row] = await connected.query<{ now: Date; version: string }>('select clock_timestamp() as now, version()');
      const skew = Math.abs((row?.now.getTime() ?? 0) - Date.now());
      if (skew <= MOST_SKEW_MS) return ok(row?.version.split(' on ')[0] ?? '');
      return {
        state: 'warning',
        detail: `its clock differs by ${Math.round(skew / 1_000)} s`,
        fix: 'Synchronise the clocks (NTP).',
      };
    } finally {
      await connected.close();
    }
  }),
  await examine('Redis', async () => {
    const connection = connectRedis({ ...redis, tokens: ownTokens(own) });
    try {
      await connection.ping();
      return ok('answers');
    } finally {
      await connection.close();
    }
  }),
];

const checkSite = async (given: SiteEnvironment): Promise<Finding[]> => [
  await examine('site', async () => {
    const service = adminServiceOf(given);
    try {
      const code = await service.name();
      let [shown, leftOut] = [0, 0];
      for await (const page of service.collections()) {
        shown += page.items.length;
        leftOut += page.leftOut;
      }
      if (leftOut > 0)
        return {
          state: 'warning',
          detail: `site ${code} shows ${shown} collections, and ${leftOut} that cannot be understood`,
          fix: 'The others are synchronised. The health page of the console shows the first of them.',
        };
      if (shown > 0) return ok(`site ${code} shows ${shown} collections`);
      return {
        state: 'failed',
        detail: `site ${code} answers, but shows no collection`,
        fix: 'Give the account Read on Collection and Read Resource, with a scope that holds All Systems and All Users.',
      };
    } finally {
      await service.close();
    }
  }),
  ...(await checkSiteForms(given)),
];

const detailOf = ({ any: [least], service, purpose, without }: Need): string =>
  without ? `optional: ${least} (${service}: without it ${without})` : `missing: ${least} (${service}: ${purpose})`;

interface Delta {
  readonly '@odata.deltaLink'?: string;
}

const checkTenants = async ({
  tenants,
}: {
  tenants: z.output<typeof tenantEnvironment>['tenants'];
}): Promise<Finding[]> => {
  const graph = new GraphTenants(tenants);
  return Promise.all(
    graph.tenants().flatMap((tenant) => {
      const client = graph.client(tenant, 'high');
      return [
        examine(`tenant ${tenant}`, async () => {
          const answer = await client.request({ method: 'GET', path: '/groups', query: { $top: 1, $select: 'id' } });
          if (!isSuccess(answer)) throw failureOf(answer, 'GET /groups');
          return ok('sign-in works and groups can be read');
        }),
        examine(`changes of ${tenant}`, async () => {
          const query = { $deltatoken: 'latest', $select: 'deviceId' };
          const answer = await client.request<Delta>({ method: 'GET', path: '/devices/delta', query });
          if (!isSuccess(answer)) throw failureOf(answer, 'GET /devices/delta');
          if (answer.body['@odata.deltaLink']) return ok('devices can be followed from now on');
          return {
            state: 'warning',
            detail: 'Microsoft Graph gives no link by which to follow its devices',
            fix: 'Check GRAPH_BASE_URL: the mirror of the directory is read again as a whole otherwise.',
          };
        }),
        examine(`batches of ${tenant}`, async () => {
          const answers = await client.batch([{ id: 'a', method: 'GET', path: '/groups?$top=1&$select=id' }]);
          const answer = answers.get('a');
          if (answer && isSuccess(answer)) return ok('every part is answered');
          if (answer) throw failureOf(answer, 'GET /groups in a batch');
          return {
            state: 'failed',
            detail: 'Microsoft Graph answered a batch without its part',
            fix: 'Check GRAPH_BASE_URL, and what stands between here and Microsoft Graph: writes are sent in batches.',
          };
        }),
        examine(`permissions ${tenant}`, () => checkPermissions(client)),
        // each further application writes only
        ...graph
          .writers(tenant, 'high')
          .filter(({ account }) => account !== tenant)
          .map(({ account, client }) => examine(`permissions ${account}`, () => checkPermissions(client, 'writer'))),
      ];
    }),
  );
};

const checkPermissions = async (client: GraphClient, service?: Need['service']): Promise<Omit<Finding, 'check'>> => {
  const application = await client.application();
  if (!application) return { state: 'not checked', detail: 'the token does not tell its permissions' };
  const unmet = unmetNeeds(application.roles).filter((need) => service === undefined || need.service === service);
  if (unmet.length === 0) return ok(application.roles.join(', '));
  return {
    state: 'warning',
    detail: unmet.map(detailOf).join('; '),
    fix: 'Grant these application permissions and consent to them, or make the application an owner of each group.',
  };
};
