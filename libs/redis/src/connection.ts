import { AppError } from '@collection-sync/core';
import { setTimeout } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import type { Script } from './script.js';
import { translateError } from './translate-error.js';

export interface RedisConnectionOptions {
  /** redis://user:password@host:port/db, or rediss:// for TLS; the user is the ACL user */
  url: string;
  tls?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean; servername?: string };
  /** before every key, `collection-sync:` by default */
  keyPrefix?: string;
}

/** Well below the deadline of a call and the lease time. */
const COMMAND_TIMEOUT_MS = 3_000;
const MAX_RECONNECT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * One connection that reconnects for ever. While it is away, commands fail at once with REDIS_UNAVAILABLE (retryable); none is kept to
 * be sent later, when its moment has passed.
 */
export class RedisConnection {
  /** Resolves when the server was reached for the first time. */
  readonly ready: Promise<void>;
  readonly #redis: Redis;
  #lastError: Error | undefined;

  constructor({ url, tls, keyPrefix = 'collection-sync:' }: RedisConnectionOptions) {
    const options: RedisOptions = {
      keyPrefix,
      connectTimeout: 5_000,
      commandTimeout: COMMAND_TIMEOUT_MS,
      keepAlive: 10_000,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(MAX_RECONNECT_MS, 50 * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2),
      // after a failover the old primary answers as a replica
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    };
    this.#redis = new Redis(url, tls ? { ...options, tls } : options);
    this.#redis.on('error', (error: Error) => (this.#lastError = error));
    this.ready = new Promise((resolve) => this.#redis.once('ready', () => resolve()));
  }

  /** Runs a script on keys; rejects with REDIS_UNAVAILABLE when Redis is away. */
  async run(script: Script, keys: string[], args: (string | number)[]): Promise<unknown> {
    this.#refuseWhenAway();
    try {
      return await this.#redis.evalsha(script.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw translateError(error);
    }
    try {
      return await this.#redis.eval(script.text, keys.length, ...keys, ...args);
    } catch (error) {
      throw translateError(error);
    }
  }

  async ping(): Promise<void> {
    this.#refuseWhenAway();
    try {
      await this.#redis.ping();
    } catch (error) {
      throw translateError(error);
    }
  }

  async close(): Promise<void> {
    const connected = ['connecting', 'connect', 'ready'].includes(this.#redis.status);
    const ended = new Promise<void>((resolve) => this.#redis.once('end', () => resolve()));
    this.#redis.disconnect();
    if (connected) await Promise.race([ended, setTimeout(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  #refuseWhenAway(): void {
    if (this.#redis.status === 'ready') return;
    const why =
      this.#lastError?.message || (this.#lastError as NodeJS.ErrnoException | undefined)?.code || 'no connection yet';
    throw new AppError('REDIS_UNAVAILABLE', `Redis does not answer: ${why}.`, { cause: this.#lastError });
  }
}

export const connectRedis = (options: RedisConnectionOptions): RedisConnection => new RedisConnection(options);
