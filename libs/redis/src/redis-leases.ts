import { LeaseStore, type LeaseClaim } from '@collection-sync/core';
import type { RedisConnection } from './connection.js';
import { EXTEND, RELEASE, REVOKE, TAKE } from './held-scripts.js';
import { leaseValue } from './lease-value.js';

const key = (target: string): string => `lease:${target}`;

/** Leases in Redis, each step one script. */
export class RedisLeases extends LeaseStore {
  constructor(private readonly connection: RedisConnection) {
    super();
  }

  async take(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    return (await this.connection.run(TAKE, [key(claim.target)], [leaseValue(claim), ttlMs])) === 1;
  }

  async extend(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    return (await this.connection.run(EXTEND, [key(claim.target)], [leaseValue(claim), ttlMs])) === 1;
  }

  async release(claim: LeaseClaim): Promise<void> {
    await this.connection.run(RELEASE, [key(claim.target)], [leaseValue(claim)]);
  }

  async revoke(target: string, epoch: number): Promise<void> {
    await this.connection.run(REVOKE, [key(target)], [epoch]);
  }
}
