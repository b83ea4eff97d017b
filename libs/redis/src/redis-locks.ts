import { LockStore } from '@collection-sync/core';
import type { RedisConnection } from './connection.js';
import { EXTEND, RELEASE, TAKE } from './held-scripts.js';

const key = (name: string): string => `lock:${name}`;

/** Plain locks in Redis. */
export class RedisLocks extends LockStore {
  constructor(private readonly connection: RedisConnection) {
    super();
  }

  async take(name: string, owner: string, ttlMs: number): Promise<boolean> {
    return (await this.connection.run(TAKE, [key(name)], [owner, ttlMs])) === 1;
  }

  async extend(name: string, owner: string, ttlMs: number): Promise<boolean> {
    return (await this.connection.run(EXTEND, [key(name)], [owner, ttlMs])) === 1;
  }

  async release(name: string, owner: string): Promise<void> {
    await this.connection.run(RELEASE, [key(name)], [owner]);
  }
}
