import { env } from '@collection-sync/core';
import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { tenantConfig, type TenantConfig } from './tenant-config.js';

/** Takes a problem, by its variable. */
export type Report = (variable: string, message: string) => void;

const text = (what: string) => env.text().trim().optional().describe(what);
const secret = (what: string) => env.secret().trim().optional().describe(what);

export const tenantVariables = z.object({
  TENANTS_FILE: text('JSON file with the list of tenants; in the place of the variables below'),
  AZURE_TENANT_ID: text('the one tenant; beside TENANTS_FILE that of the identity for stores in Azure'),
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
type Variables = Partial<z.output<typeof tenantVariables>>;

/** The one tenant of these variables. */
export const ofVariables = (given: Variables, report: Report): TenantConfig[] => {
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
