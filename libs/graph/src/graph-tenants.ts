import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError, DEFAULT_BUDGET, type BudgetLimits } from '@collection-sync/core';
import { GraphClient } from './graph-client.js';
import type { Priority } from './request-headers.js';
import { tenantConfig, type CheckedTenantConfig, type TenantConfig } from './tenant-config.js';

/** The tenants that this installation may sign in to. */
export class GraphTenants {
  private readonly configs: ReadonlyMap<string, CheckedTenantConfig>;
  private readonly clients = new Map<string, GraphClient>();

  /** @throws ZodError for a configuration that `tenantConfig` refuses */
  constructor(configs: readonly TenantConfig[]) {
    const checked = configs.map((config) => tenantConfig.parse(config));
    this.configs = new Map(checked.map((config) => [config.tenant, config]));
  }

  tenants(): string[] {
    return [...this.configs.keys()];
  }

  has(tenant: string): boolean {
    return this.configs.has(tenant);
  }

  /** @throws AppError GRAPH_SIGN_IN_REFUSED for a tenant that is not configured */
  client(tenant: string, priority: Priority = 'normal'): GraphClient {
    const known = this.clients.get(tenant) ?? this.connect(tenant);
    return known.priority === priority ? known : known.withPriority(priority);
  }

  /** What reads when the credential for a tenant ends; undefined where only Entra knows. */
  credentialEnd(tenant: string): (() => Promise<Date>) | undefined {
    const credential = this.configs.get(tenant)?.credential;
    if (credential?.kind !== 'certificate') return undefined;
    return async () => new X509Certificate(await readFile(credential.certificateFile)).validToDate;
  }

  private connect(tenant: string): GraphClient {
    const config = this.configs.get(tenant);
    if (!config) throw new AppError('GRAPH_SIGN_IN_REFUSED', `no credential is configured for tenant ${tenant}`);
    const client = new GraphClient(config);
    this.clients.set(tenant, client);
    return client;
  }

  /** The quota that the application may use in a tenant: Microsoft's, where the configuration says nothing else. */
  budget(tenant: string): BudgetLimits {
    const set = Object.entries(this.configs.get(tenant)?.budget ?? {}).filter(([, value]) => value !== undefined);
    return { ...DEFAULT_BUDGET, ...Object.fromEntries(set) };
  }
}
