import {
  AppError,
  applicationAccount,
  DEFAULT_BUDGET,
  DEFAULT_TENANT_BUDGET,
  isTenantAccount,
  tenantOfAccount,
  type Account,
  type BudgetLimits,
} from '@collection-sync/core';
import { credentialEnd, type CredentialEnd } from './credential-end.js';
import { GraphClient } from './graph-client.js';
import type { Priority } from './request-headers.js';
import { applicationName, tenantConfig, type CheckedTenantConfig, type TenantConfig } from './tenant-config.js';

/** An application that writes in a tenant. */
export interface Writer {
  readonly account: Account;
  readonly client: GraphClient;
}

/** The tenants that this installation may sign in to. */
export class GraphTenants {
  private readonly configs: ReadonlyMap<string, CheckedTenantConfig>;
  private readonly clients = new Map<string, GraphClient>();
  private readonly writing = new Map<string, readonly Writer[]>();
  private readonly ends = new Map<string, readonly CredentialEnd[]>();

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

  /** When the first credential for a tenant ends; undefined where none of them ends at a time that is told. */
  async credentialEnd(tenant: string): Promise<Date | undefined> {
    const known = this.ends.get(tenant) ?? this.endsOf(tenant);
    this.ends.set(tenant, known);
    const ends = await Promise.all(known.map((end) => end()));
    return ends.filter((end) => end !== undefined).sort((one, other) => one.getTime() - other.getTime())[0];
  }

  private endsOf(tenant: string): CredentialEnd[] {
    const config = this.configs.get(tenant);
    if (!config) return [];
    const writers = this.writers(tenant);
    return [
      credentialEnd(config.credential, this.client(tenant)),
      ...(config.writers ?? []).map((credential, at) => credentialEnd(credential, writers[at]!.client)),
    ];
  }

  private connect(tenant: string): GraphClient {
    const config = this.configs.get(tenant);
    if (!config) throw new AppError('GRAPH_SIGN_IN_REFUSED', `no credential is configured for tenant ${tenant}`);
    const client = new GraphClient(config);
    this.clients.set(tenant, client);
    return client;
  }

  /**
   * The applications that write in a tenant; its only one, where it names no others.
   * @throws AppError GRAPH_SIGN_IN_REFUSED for a tenant that is not configured
   */
  writers(tenant: string, priority: Priority = 'normal'): readonly Writer[] {
    const known = this.writing.get(tenant) ?? this.connectWriters(tenant);
    return known.map(({ account, client }) => ({
      account,
      client: client.priority === priority ? client : client.withPriority(priority),
    }));
  }

  private connectWriters(tenant: string): readonly Writer[] {
    const only = { account: applicationAccount(tenant), client: this.client(tenant) };
    const config = this.configs.get(tenant);
    const connected = config?.writers?.map((credential, at) => ({
      account: applicationAccount(tenant, at === 0 ? undefined : applicationName(credential, at)),
      client: new GraphClient({ ...config, credential }),
    })) ?? [only];
    this.writing.set(tenant, connected);
    return connected;
  }

  /** The quota that may be used of an account: Microsoft's, where the configuration says nothing else. */
  budget(account: Account): BudgetLimits {
    const config = this.configs.get(tenantOfAccount(account));
    const [given, limits] = isTenantAccount(account)
      ? [config?.tenantBudget, DEFAULT_TENANT_BUDGET]
      : [config?.budget, DEFAULT_BUDGET];
    const set = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
    return { ...limits, ...Object.fromEntries(set) };
  }
}
