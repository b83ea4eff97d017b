import { applicationAccount, type Account, type AppError, type Budget, type BudgetLimits } from '@collection-sync/core';
import type { GraphTenants } from './graph-tenants.js';
import { Heard, MeteredClient, type MeterOptions } from './metered-client.js';
import { ReadUnits } from './read-units.js';
import { WriterClient, type Refused } from './writer-client.js';

/** The tenants, each call booked in the budget that all services share. */
export class MeteredGraph {
  readonly #units = new ReadUnits();
  readonly #heard = new Heard();
  readonly #refused: Refused = new Map();

  constructor(
    private readonly known: GraphTenants,
    private readonly books: Budget,
  ) {}

  tenants(): string[] {
    return this.known.tenants();
  }

  has(tenant: string): boolean {
    return this.known.has(tenant);
  }

  budget(account: Account): BudgetLimits {
    return this.known.budget(account);
  }

  /** @throws AppError GRAPH_SIGN_IN_REFUSED for a tenant that is not configured */
  client(tenant: string, options: MeterOptions = {}): MeteredClient {
    return new MeteredClient(
      this.known.client(tenant, options.priority),
      applicationAccount(tenant),
      this.books,
      this.#units,
      this.#heard,
      options,
    );
  }

  /** The applications that write in a tenant, each for itself. */
  writers(tenant: string, options: MeterOptions = {}): MeteredClient[] {
    return this.known
      .writers(tenant, options.priority)
      .map(({ account, client }) => new MeteredClient(client, account, this.books, this.#units, this.#heard, options));
  }

  /** What refused the sign-in of an application last, as far as this process knows. */
  refusalOf(account: Account): AppError | undefined {
    return this.#refused.get(account)?.error;
  }

  /** The applications that write in a tenant, as one. @throws as client */
  writer(tenant: string, { onRefused, ...options }: WriterOptions = {}): WriterClient {
    return new WriterClient(this.writers(tenant, options), this.books, this.#refused, onRefused);
  }
}

export interface WriterOptions extends MeterOptions {
  /** told of an application whose sign-in was refused, while others may go on */
  readonly onRefused?: (account: Account, error: AppError) => void;
}
