import type { LeaseClaim, LeaseStore, LockStore } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';

export interface HeldStores {
  leases: LeaseStore;
  locks: LockStore;
  /** lets this much time pass */
  elapse: (ms: number) => Promise<void>;
}

let targets = 0;
const freshTarget = () => `tenant/group-${(targets += 1)}`;
const claimOf = (target: string, epoch: number, claim: string): LeaseClaim => ({
  target,
  epoch,
  claim,
  collection: 'ABC00014',
});

const TTL = 200;

/** What every LeaseStore and LockStore does. */
export const heldContract = (stores: () => HeldStores): void => {
  describe('a lease', () => {
    it('is taken once', async () => {
      const { leases } = stores();
      const target = freshTarget();
      expect(await leases.take(claimOf(target, 1, 'a'), 60_000)).toBe(true);
      expect(await leases.take(claimOf(target, 2, 'b'), 60_000)).toBe(false);
      expect(await leases.take(claimOf(freshTarget(), 2, 'b'), 60_000)).toBe(true);
    });

    it('is still its holder’s when the answer of the take was lost', async () => {
      const { leases } = stores();
      const claim = claimOf(freshTarget(), 1, 'a');
      expect(await leases.take(claim, 60_000)).toBe(true);
      expect(await leases.take(claim, 60_000)).toBe(true);
    });

    it('goes to one of many who want it at once', async () => {
      const { leases } = stores();
      const target = freshTarget();
      const taken = await Promise.all(
        Array.from({ length: 30 }, (_, n) => leases.take(claimOf(target, n, `c${n}`), 60_000)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it.each(['epoch', 'claim', 'collection'] as const)('is not extended or released by another %s', async (part) => {
      const { leases } = stores();
      const claim = claimOf(freshTarget(), 1, 'a');
      const other = { ...claim, [part]: part === 'epoch' ? 2 : 'other' };
      await leases.take(claim, 60_000);
      expect(await leases.extend(other, 60_000)).toBe(false);
      await leases.release(other);
      expect(await leases.extend(claim, 60_000)).toBe(true);
    });

    it('ends by itself', async () => {
      const { leases, elapse } = stores();
      const target = freshTarget();
      await leases.take(claimOf(target, 1, 'a'), TTL);
      await elapse(TTL + 50);
      expect(await leases.take(claimOf(target, 2, 'b'), TTL)).toBe(true);
    });

    it('is never taken again by extending it', async () => {
      const { leases, elapse } = stores();
      const claim = claimOf(freshTarget(), 1, 'a');
      expect(await leases.extend(claim, TTL)).toBe(false);
      await leases.take(claim, TTL);
      await elapse(TTL + 50);
      expect(await leases.extend(claim, TTL)).toBe(false);
    });

    it('lasts from its last extension', async () => {
      const { leases, elapse } = stores();
      const claim = claimOf(freshTarget(), 1, 'a');
      await leases.take(claim, TTL);
      expect(await leases.extend(claim, 60_000)).toBe(true);
      await elapse(TTL + 50);
      expect(await leases.extend(claim, 60_000)).toBe(true);
    });

    it('is free after its release', async () => {
      const { leases } = stores();
      const target = freshTarget();
      await leases.take(claimOf(target, 1, 'a'), 60_000);
      await leases.release(claimOf(target, 1, 'a'));
      await leases.release(claimOf(target, 1, 'a'));
      expect(await leases.take(claimOf(target, 2, 'b'), 60_000)).toBe(true);
    });

    it('is revoked only from an older epoch', async () => {
      const { leases } = stores();
      const claim = claimOf(freshTarget(), 1_795_419_655_486, 'a');
      await leases.revoke(claim.target, claim.epoch);
      await leases.take(claim, 60_000);
      await leases.revoke(claim.target, claim.epoch - 1);
      await leases.revoke(claim.target, claim.epoch);
      expect(await leases.extend(claim, 60_000)).toBe(true);
      await leases.revoke(claim.target, claim.epoch + 1);
      expect(await leases.extend(claim, 60_000)).toBe(false);
    });
  });

  describe('a lock', () => {
    it('is taken, extended and released by its owner only', async () => {
      const { locks } = stores();
      const name = freshTarget();
      expect(await locks.take(name, 'a', 60_000)).toBe(true);
      expect(await locks.take(name, 'b', 60_000)).toBe(false);
      expect(await locks.extend(name, 'b', 60_000)).toBe(false);
      await locks.release(name, 'b');
      expect(await locks.extend(name, 'a', 60_000)).toBe(true);
      await locks.release(name, 'a');
      expect(await locks.extend(name, 'a', 60_000)).toBe(false);
      expect(await locks.take(name, 'b', 60_000)).toBe(true);
    });

    it('ends by itself', async () => {
      const { locks, elapse } = stores();
      const name = freshTarget();
      await locks.take(name, 'a', TTL);
      await elapse(TTL + 50);
      expect(await locks.take(name, 'b', TTL)).toBe(true);
    });

    it('has nothing to do with a lease of the same name', async () => {
      const { locks, leases } = stores();
      const target = freshTarget();
      expect(await leases.take(claimOf(target, 1, 'a'), 60_000)).toBe(true);
      expect(await locks.take(target, 'a', 60_000)).toBe(true);
    });
  });
};
