import { DEFAULT_BUDGET } from '@collection-sync/core';
import { eventually, startRedis, startRedisCluster } from '@collection-sync/testing';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetContract } from './budget.contract.js';
import { connectRedis, type RedisConnection } from './connection.js';
import { heldContract } from './held.contract.js';
import { RedisBudget } from './redis-budget.js';
import { RedisLeases } from './redis-leases.js';
import { RedisLocks } from './redis-locks.js';

let nodes: Awaited<ReturnType<typeof startRedisCluster>>;
let connection: RedisConnection;

beforeAll(async () => {
  nodes = await startRedisCluster();
  connection = connectRedis({ url: nodes[0]!.address, cluster: true });
  await connection.ready;
});

afterAll(() => connection.close());

const claimOf = (n: number) => ({ target: `tenant/half-${n}`, epoch: 1, claim: 'a', collection: 'ABC00014' });
const many = Array.from({ length: 20 }, (_, n) => claimOf(n));

describe('a cluster of two', () => {
  heldContract(() => ({
    leases: new RedisLeases(connection),
    locks: new RedisLocks(connection),
    elapse: (ms) => setTimeout(ms),
  }));

  budgetContract((limits) => {
    let now = 1_795_419_655_486;
    const budget = new RedisBudget(
      connection,
      () => limits,
      () => now,
    );
    return { budget, elapse: (ms) => void (now += ms) };
  });

  it('keeps leases and budgets of both halves', async () => {
    const leases = new RedisLeases(connection);
    for (const claim of many) expect(await leases.take(claim, 60_000)).toBe(true);
    const budget = new RedisBudget(connection, () => DEFAULT_BUDGET);
    for (const { target } of many) expect(await budget.state(target)).toMatchObject({ patchWeight: 1 });
    await connection.ping();
    for (const node of nodes) {
      const one = connectRedis({ url: node.address });
      await one.ready;
      const held = await Promise.allSettled(many.map((claim) => new RedisLeases(one).extend(claim, 60_000)));
      const answered = held.filter(({ status }) => status === 'fulfilled').length;
      expect([answered > 0, answered < many.length]).toEqual([true, true]);
      await one.close();
    }
  });

  it('is refused with what to set where nobody said that it is one', async () => {
    const single = connectRedis({ url: nodes[0]!.address });
    await single.ready;
    const answers = await Promise.allSettled(many.map((claim) => new RedisLeases(single).take(claim, 60_000)));
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) {
      expect(reason).toMatchObject({ code: 'REDIS_UNAVAILABLE' });
      expect(reason.message).toContain('REDIS_CLUSTER=true');
    }
    await expect(single.ping()).rejects.toThrow('REDIS_CLUSTER=true');
    await single.close();
  });

  it('that loses a node fails at once for its half, and serves it when it is back', async () => {
    const leases = new RedisLeases(connection);
    await nodes[1]!.kill();
    const answers = await Promise.allSettled(many.map((claim) => leases.extend(claim, 60_000)));
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    expect(failed.length).toBeGreaterThan(0);
    for (const reason of failed) expect(reason).toMatchObject({ code: 'REDIS_UNAVAILABLE', retryable: true });
    await nodes[1]!.start();
    await eventually(() => Promise.all(many.map((claim) => leases.take(claim, 60_000))).then(() => true), {
      what: 'both halves',
    });
  });
});

it('a server that is no cluster says so where one was named', async () => {
  const server = await startRedis();
  const wrong = connectRedis({ url: server.address, cluster: true });
  await eventually(
    async () => {
      const error = await wrong.ping().catch((reason: unknown) => reason);
      expect(String(error)).toContain('cluster support disabled');
      return true;
    },
    { what: 'the reason' },
  );
  await wrong.close();
});
