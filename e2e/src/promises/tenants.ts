import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Simulator } from '../simulator.js';

/** One that applications sign in to, as they do to Entra. */
export const startTenant = (world: string): Promise<Simulator> =>
  Simulator.start(world, '--tls-port', '0', '--no-static-token');

/** A world with nothing in it, for a tenant of this id. */
export const emptyTenant = async (folder: string, tenantId: string): Promise<string> => {
  const file = join(folder, 'tenant.json');
  await writeFile(file, JSON.stringify({ name: 'tenant', seed: 2, tenantId }));
  return file;
};

/** How the services sign in to these tenants: each at its own address, all certificates trusted. */
export const tenantsEnvironment = async (
  folder: string,
  tenants: readonly Simulator[],
): Promise<Record<string, string>> => {
  const file = join(folder, 'tenants.json');
  const ca = join(folder, 'ca.pem');
  const configured = tenants.map(({ tenant, addresses: { https, clientId, clientSecret } }) => ({
    tenant,
    baseUrl: https?.graphUrl,
    authorityHost: https?.authorityUrl,
    disableInstanceDiscovery: true,
    credential: { kind: 'secret', clientId, secret: clientSecret },
  }));
  await writeFile(file, JSON.stringify(configured));
  await writeFile(ca, tenants.map(({ addresses }) => addresses.https?.ca ?? '').join('\n'));
  return { TENANTS_FILE: file, NODE_EXTRA_CA_CERTS: ca };
};
