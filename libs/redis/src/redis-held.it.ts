import { freshRedis } from '@collection-sync/testing';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { connectRedis, type RedisConnection } from './connection.js';
import { heldContract, type HeldStores } from './held.contract.js';
import { RedisLeases } from './redis-leases.js';
import { RedisLocks } from './redis-locks.js';

let connection: RedisConnection;
let stores: HeldStores;

beforeAll(async () => {
  connection = connectRedis({ url: await freshRedis() });
  await connection.ready;
  stores = { leases: new RedisLeases(connection), locks: new RedisLocks(connection), elapse: (ms) => setTimeout(ms) };
});

afterAll(() => connection.close());

heldContract(() => stores);
