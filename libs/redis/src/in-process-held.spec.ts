import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldContract } from './held.contract.js';
import { InProcessLeases } from './in-process-leases.js';
import { InProcessLocks } from './in-process-locks.js';

let now = 0;
const leases = new InProcessLeases(() => now);
const locks = new InProcessLocks(() => now);

heldContract(() => ({ leases, locks, elapse: async (ms) => void (now += ms) }));

const who = fc.integer({ min: 1, max: 4 });
const ttl = fc.integer({ min: 1, max: 50 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), who, ttl }),
  fc.record({ kind: fc.constant('extend' as const), who, ttl }),
  fc.record({ kind: fc.constant('release' as const), who }),
  fc.record({ kind: fc.constant('revoke' as const), who }),
  fc.record({ kind: fc.constant('elapse' as const), ms: fc.integer({ min: 0, max: 40 }) }),
);

describe('any history of a lease', () => {
  it('never has two holders, and nobody believes in a lease that is over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let time = 0;
        const store = new InProcessLeases(() => time);
        const claim = (epoch: number) => ({ target: 't', epoch, claim: `c${epoch}`, collection: 'ABC00014' });
        let holder: { who: number; until: number } | undefined;
        for (const one of steps) {
          if (one.kind === 'elapse') {
            time += one.ms;
            continue;
          }
          if (holder && holder.until <= time) holder = undefined;
          const mine = holder?.who === one.who;
          if (one.kind === 'take') {
            const taken = await store.take(claim(one.who), one.ttl);
            expect(taken).toBe(holder === undefined || mine);
            if (taken) holder = { who: one.who, until: time + one.ttl };
          } else if (one.kind === 'extend') {
            const extended = await store.extend(claim(one.who), one.ttl);
            expect(extended).toBe(mine);
            if (extended) holder = { who: one.who, until: time + one.ttl };
          } else if (one.kind === 'release') {
            await store.release(claim(one.who));
            if (mine) holder = undefined;
          } else {
            await store.revoke('t', one.who);
            if (holder && holder.who < one.who) holder = undefined;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
