import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlClient, type Addresses } from '@collection-sync/simulator';
import { runProcess, type RunningProcess } from '@collection-sync/testing';

/** A simulated tenant in a process of its own; the first one has the site too. Applications sign in to it, as they do to Entra. */
export class Outside {
  readonly control: ControlClient;

  private constructor(
    private readonly process: RunningProcess,
    readonly addresses: Addresses,
  ) {
    this.control = new ControlClient(addresses.controlUrl);
  }

  static async start(world: string): Promise<Outside> {
    const args = ['--port', '0', '--tls-port', '0', '--no-static-token', '--world', world];
    const simulator = runProcess({ file: 'apps/simulator/dist/main.js', args });
    return new Outside(simulator, JSON.parse(await simulator.line(/^\{/, 60_000)) as Addresses);
  }

  get tenant(): string {
    return this.addresses.tenantId;
  }

  /** Connections stay open, and nothing is answered. */
  freeze(): void {
    this.process.pause();
  }

  thaw(): void {
    this.process.resume();
  }

  async close(): Promise<void> {
    await this.process.kill();
  }
}

/** A world with nothing in it, for a tenant of this id. */
export const emptyTenant = async (folder: string, tenantId: string): Promise<string> => {
  const file = join(folder, 'tenant.json');
  await writeFile(file, JSON.stringify({ name: 'tenant', seed: 2, tenantId }));
  return file;
};

/** How the services sign in to these tenants: each at its own address, all certificates trusted. */
export const tenantsEnvironment = async (
  folder: string,
  tenants: readonly Outside[],
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
