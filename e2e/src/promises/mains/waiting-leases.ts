import { LeaseStore, type LeaseClaim } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** Safeguard left out: a renewal waits for whoever has the row of the target. */
export class WaitingLeases extends LeaseStore {
  constructor(
    private readonly leases: LeaseStore,
    private readonly database: Database,
  ) {
    super();
  }

  take(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    return this.leases.take(claim, ttlMs);
  }

  async extend(claim: LeaseClaim, ttlMs: number): Promise<boolean> {
    await this.database.query('select from target where target = $1 for share', [claim.target]);
    return this.leases.extend(claim, ttlMs);
  }

  release(claim: LeaseClaim): Promise<void> {
    return this.leases.release(claim);
  }

  revoke(target: string, epoch: number): Promise<void> {
    return this.leases.revoke(target, epoch);
  }
}
