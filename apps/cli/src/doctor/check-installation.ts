import { KafkaBus } from '@collection-sync/bus';
import { AdminService, bearerSignIn, negotiateSignIn, noSignIn, type SignIn } from '@collection-sync/configmgr';
import { GraphTenants, isSuccess, failureOf, tenantEnvironment } from '@collection-sync/graph';
import {
  connectionEnvironment,
  env,
  EnvironmentError,
  readEnvironment,
  silentLogger,
  type EnvironmentSource,
} from '@collection-sync/platform';
import { Database } from '@collection-sync/postgres';
import { connectRedis } from '@collection-sync/redis';
import { z } from 'zod';
import { examine, ok, type Finding } from './finding.js';

const site = z.object({
  ADMINSERVICE_URL: env.url('http', 'https'),
  ADMINSERVICE_AUTH: z.enum(['negotiate', 'bearer', 'none']).default('negotiate'),
  ADMINSERVICE_CA: env.text().optional(),
  ADMINSERVICE_TOKEN: env.secret().optional(),
  ADMINSERVICE_SPN: env.text().optional(),
});

/** What the services need, asked directly with the environment that they have. Without that environment it is said so. */
export const checkInstallation = async (source?: EnvironmentSource): Promise<Finding[]> => [
  ...(await withEnvironment('KAFKA_BROKERS, DATABASE_URL, REDIS_URL', connectionEnvironment, source, checkConnections)),
  ...(await withEnvironment('ADMINSERVICE_URL', site, source, checkSite)),
  ...(await withEnvironment('TENANTS_FILE or AZURE_TENANT_ID', tenantEnvironment, source, checkTenants)),
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

const checkConnections = async ({
  kafka,
  database,
  redis,
}: z.output<typeof connectionEnvironment>): Promise<Finding[]> => [
  await examine('broker', async () => {
    const bus = new KafkaBus({ ...kafka, clientId: 'collection-sync-doctor', log: silentLogger() });
    try {
      await bus.ping();
      return ok(kafka.brokers.join(', '));
    } finally {
      await bus.close();
    }
  }),
  await examine('database', async () => {
    const connected = new Database({ ...database, schema: 'status', application: 'doctor', max: 1 });
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
    const connection = connectRedis(redis);
    try {
      await connection.ping();
      return ok('answers');
    } finally {
      await connection.close();
    }
  }),
];

const signInOf = (given: z.output<typeof site>): SignIn => {
  if (given.ADMINSERVICE_AUTH === 'none') return noSignIn;
  if (given.ADMINSERVICE_AUTH === 'bearer') return bearerSignIn(() => Promise.resolve(given.ADMINSERVICE_TOKEN ?? ''));
  return negotiateSignIn(given.ADMINSERVICE_SPN ? { service: given.ADMINSERVICE_SPN } : {});
};

const checkSite = async (given: z.output<typeof site>): Promise<Finding[]> => [
  await examine('site', async () => {
    const service = new AdminService({
      url: given.ADMINSERVICE_URL,
      signIn: signInOf(given),
      ...(given.ADMINSERVICE_CA ? { ca: given.ADMINSERVICE_CA } : {}),
    });
    try {
      const code = await service.siteCode();
      for await (const { items } of service.collections()) {
        if (items.length > 0) return ok(`site ${code} shows its collections`);
      }
      return {
        state: 'failed',
        detail: `site ${code} answers, but shows no collection`,
        fix: 'Give the account Read on Collection and Read Resource, with a scope that holds All Systems and All Users.',
      };
    } finally {
      await service.close();
    }
  }),
];

/** https://learn.microsoft.com/graph/api/group-post-members */
const WANTED = [
  ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  ['Device.ReadWrite.All', 'Directory.ReadWrite.All'],
  ['User.Read.All', 'User.ReadBasic.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
];

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
        examine(`permissions ${tenant}`, async () => {
          const application = await client.application();
          if (!application) return { state: 'not checked', detail: 'the token does not tell its permissions' };
          const missing = WANTED.filter((any) => !any.some((role) => application.roles.includes(role))).map(
            ([least]) => least,
          );
          if (missing.length === 0) return ok(application.roles.join(', '));
          return {
            state: 'warning',
            detail: `missing: ${missing.join(', ')}`,
            fix: 'Grant these application permissions and consent to them, or make the application an owner of each group.',
          };
        }),
      ];
    }),
  );
};
