import { env, Part, type Budget, type Outside } from '@collection-sync/core';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { GraphTenants } from './graph-tenants.js';
import { reach } from './reach.js';
import { MeteredGraph } from './metered-graph.js';
import { tenantConfig, type TenantConfig } from './tenant-config.js';

type Report = (variable: string, message: string) => void;

const text = (what: string) => env.text().trim().optional().describe(what);
const secret = (what: string) => env.secret().trim().optional().describe(what);

const variables = z.object({
  TENANTS_FILE: text('JSON file with the list of tenants; in the place of the variables below'),
  AZURE_TENANT_ID: text('the one tenant'),
  AZURE_CLIENT_ID: text('the application in that tenant'),
  AZURE_CLOUD: z
    .enum(CLOUDS, `must be one of ${CLOUDS.join(', ')}`)
    .default('global')
    .describe('its cloud'),
  AZURE_AUTHORITY_HOST: text('sign-in authority in the place of that of the cloud, https'),
  AZURE_CLIENT_SECRET: secret('credential: a client secret'),
  AZURE_CLIENT_SECRET_FILE: text('file with that client secret, read again at each sign-in'),
  AZURE_CLIENT_CERTIFICATE_PATH: text('credential: a PEM file with certificate and private key'),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: secret('password of that private key'),
  AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: env
    .flag()
    .default(false)
    .describe('whether to send the chain, for sign-in by subject name and issuer'),
  AZURE_FEDERATED_TOKEN_FILE: text('credential: workload identity, the file with the projected token'),
  AZURE_DISABLE_INSTANCE_DISCOVERY: env
    .flag()
    .default(false)
    .describe('true where login.microsoft.com cannot be reached'),
  GRAPH_BASE_URL: text("address of a stand-in, or of a cloud's own root, in the place of Microsoft Graph"),
  GRAPH_STATIC_TOKEN: secret('token for a stand-in; needs GRAPH_BASE_URL'),
  GRAPH_WRITES_PER_WINDOW: env
    .integer(1)
    .optional()
    .describe('writes in 150 s that Microsoft Graph grants an application in a tenant; 3000 by default'),
  GRAPH_BUDGET_RESERVE: env
    .number(0, 0.9)
    .optional()
    .describe('share of the quota left to other programs of the application'),
});
type Variables = z.output<typeof variables>;

/**
 * The tenants of a service, from the environment: `TENANTS_FILE` names a JSON file with a list of tenants, or
 * `AZURE_TENANT_ID` and one credential name a single one. Combine it with an app's own schema by `.and()`, so that the
 * problems of both are reported at once: by variable, never by value.
 */
export const tenantEnvironment = variables.transform((environment, context): { tenants: TenantConfig[] } => {
  const report: Report = (variable, message) => context.addIssue({ code: 'custom', path: [variable], message });
  return {
    tenants: environment.TENANTS_FILE ? ofFile(environment.TENANTS_FILE, report) : ofVariables(environment, report),
  };
});

const ofFile = (path: string, report: Report): TenantConfig[] => {
  const body = read(path, 'TENANTS_FILE', report);
  if (body === undefined) return [];
  let json: unknown;
  try {
    json = withSecretFiles(JSON.parse(body), (message) => report('TENANTS_FILE', message));
  } catch {
    report('TENANTS_FILE', 'must name a file with JSON');
    return [];
  }
  const parsed = z.array(tenantConfig).min(1).safeParse(json);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      report('TENANTS_FILE', `${issue.path.join('.') || 'list'}: ${issue.message}`);
    return [];
  }
  const names = parsed.data.map((config) => config.tenant);
  if (new Set(names).size < names.length) report('TENANTS_FILE', 'names a tenant twice');
  return parsed.data;
};

/** `passwordFile`, and `tokenFile` of a static token, name files to read in the place of a value. */
const withSecretFiles = (list: unknown, report: (message: string) => void): unknown => {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, index) => {
    if (!isRecord(entry)) return entry;
    const { credential, writers } = entry;
    const filled = (given: unknown, place: string): unknown =>
      withSecrets(given, (name) => report(`${index}.${place}.${name}`));
    return {
      ...entry,
      credential: filled(credential, 'credential'),
      ...(Array.isArray(writers) ? { writers: writers.map((each, at) => filled(each, `writers.${at}`)) } : {}),
    };
  });
};

const withSecrets = (given: unknown, report: (problem: string) => void): unknown => {
  if (!isRecord(given)) return given;
  const credential: Record<string, unknown> = { ...given };
  const replace = (name: string): void => {
    const path = credential[`${name}File`];
    if (typeof path !== 'string') return;
    credential[name] = read(path, '', (_, message) => report(`${name}File: ${message}`));
  };
  replace('password');
  if (credential['kind'] === 'static-token') replace('token');
  return credential;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const ofVariables = (given: Variables, report: Report): TenantConfig[] => {
  if (!given.AZURE_TENANT_ID) {
    report('AZURE_TENANT_ID', 'is missing; set it with one credential, or name a list of tenants by TENANTS_FILE');
    return [];
  }
  const credential = credentialOf(given, report);
  if (!credential) return [];
  const parsed = tenantConfig.safeParse({
    tenant: given.AZURE_TENANT_ID,
    cloud: given.AZURE_CLOUD,
    baseUrl: given.GRAPH_BASE_URL,
    authorityHost: given.AZURE_AUTHORITY_HOST,
    disableInstanceDiscovery: given.AZURE_DISABLE_INSTANCE_DISCOVERY,
    credential,
    budget: {
      writes: given.GRAPH_WRITES_PER_WINDOW,
      reserve: given.GRAPH_BUDGET_RESERVE,
    },
  });
  if (parsed.success) return [parsed.data];
  for (const issue of parsed.error.issues) report(variableOf(issue.path), issue.message);
  return [];
};

const credentialOf = (given: Variables, report: Report): object | undefined => {
  const clientId = given.AZURE_CLIENT_ID;
  if (given.GRAPH_STATIC_TOKEN) return { kind: 'static-token', token: given.GRAPH_STATIC_TOKEN };
  const found: object[] = [];
  const { AZURE_CLIENT_SECRET: secretText, AZURE_CLIENT_SECRET_FILE: secretFile } = given;
  if (secretFile) found.push({ kind: 'secret', clientId, secretFile });
  else if (secretText) found.push({ kind: 'secret', clientId, secret: secretText });
  if (given.AZURE_CLIENT_CERTIFICATE_PATH) {
    found.push({
      kind: 'certificate',
      clientId,
      certificateFile: given.AZURE_CLIENT_CERTIFICATE_PATH,
      password: given.AZURE_CLIENT_CERTIFICATE_PASSWORD,
      sendChain: given.AZURE_CLIENT_SEND_CERTIFICATE_CHAIN,
    });
  }
  if (given.AZURE_FEDERATED_TOKEN_FILE) {
    found.push({ kind: 'workload-identity', clientId, tokenFile: given.AZURE_FEDERATED_TOKEN_FILE });
  }
  if (found.length > 1) {
    report(
      'AZURE_CLIENT_ID',
      'has several credentials; set one of AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH, AZURE_FEDERATED_TOKEN_FILE',
    );
    return undefined;
  }
  const [credential] = found;
  if (credential && !clientId) report('AZURE_CLIENT_ID', 'is missing');
  return credential ? (clientId ? credential : undefined) : { kind: 'managed-identity', clientId };
};

/** The variable behind a place in a tenant's configuration. */
const variableOf = (path: readonly PropertyKey[]): string => {
  const place = path.join('.');
  if (place === 'tenant') return 'AZURE_TENANT_ID';
  if (place === 'baseUrl') return 'GRAPH_BASE_URL';
  if (place === 'authorityHost') return 'AZURE_AUTHORITY_HOST';
  if (place === 'budget.reserve') return 'GRAPH_BUDGET_RESERVE';
  if (place.startsWith('budget')) return 'GRAPH_WRITES_PER_WINDOW';
  return 'AZURE_CLIENT_ID';
};

const read = (path: string, variable: string, report: Report): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    report(variable, 'names a file that cannot be read');
    return undefined;
  }
};

const REACH_EVERY_MS = 60_000;

/** Microsoft Graph in each tenant. */
export const outsideOf = (tenants: GraphTenants): Outside[] =>
  tenants.tenants().map((tenant) => ({
    name: `graph ${tenant}`,
    everyMs: REACH_EVERY_MS,
    ends: tenants.credentialEnd(tenant),
    check: (signal) => reach(tenants.client(tenant), signal),
  }));

/** The tenants that the environment names. */
export const graphTenants = Part.define({
  environment: tenantEnvironment,
  make: ({ environment }) => new GraphTenants(environment.tenants),
  outside: outsideOf,
});

/** Those tenants, with every call booked in a budget: what services call Graph by. */
export const meteredGraph = (budget: Part<Budget>): Part<MeteredGraph> =>
  Part.define({
    uses: { tenants: graphTenants, budget },
    make: ({ uses }) => new MeteredGraph(uses.tenants, uses.budget),
  });
