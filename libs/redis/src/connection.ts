import { AppError, backoffMs, type TokenSource } from '@collection-sync/core';
import { setTimeout } from 'node:timers/promises';
import { Cluster, Redis, ReplyError, type RedisOptions } from 'ioredis';
import { keepSignedIn } from './keep-signed-in.js';
import type { Script } from './script.js';
import { translateError } from './translate-error.js';

export interface RedisConnectionOptions {
  /** redis://user:password@host:port/db, or rediss:// for TLS; the user is the ACL user. Asked again for its password at each reconnect */
  url: string | (() => string);
  /** tokens of this scope, from `tokens`, are the password of the user in the URL */
  tokenScope?: string;
  tokens?: TokenSource;
  tls?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean; servername?: string };
  /** the URL names a node of a Redis Cluster */
  cluster?: boolean;
  /** before every key, `collection-sync:` by default */
  keyPrefix?: string;
}

/** Well below the deadline of a call and the lease time. */
const COMMAND_TIMEOUT_MS = 3_000;
const MAX_RECONNECT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** A command follows its slot to another node this often. */
const MAX_REDIRECTIONS = 3;

const reconnectMs = (times: number): number => backoffMs({ firstMs: 100, maxMs: MAX_RECONNECT_MS }, times);

/**
 * One connection that reconnects forever, in a cluster one to each primary. While it is away, commands fail at once with REDIS_UNAVAILABLE
 * (retryable); none is kept to be sent later, when its moment has passed. Each script has one key, and so one slot.
 */
export class RedisConnection {
  /** Resolves when the server was reached for the first time. */
  readonly ready: Promise<void>;
  readonly #redis: Redis | Cluster;
  readonly #closing = new AbortController();
  #lastError: Error | undefined;
  #token: string | undefined;

  constructor(given: RedisConnectionOptions) {
    const { url, tls, cluster = false, keyPrefix = 'collection-sync:', tokenScope } = given;
    const options: RedisOptions = {
      keyPrefix,
      connectTimeout: 5_000,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // a connection that died without a word is made anew; TCP alone would send again for a quarter of an hour
      socketTimeout: COMMAND_TIMEOUT_MS + 1_000,
      keepAlive: 10_000,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      lazyConnect: tokenScope !== undefined,
      ...(tls ? { tls } : {}),
    };
    const address = typeof url === 'string' ? () => url : url;
    const renewing = (times: number): number => {
      this.#renew(address);
      return reconnectMs(times);
    };
    this.#redis = cluster
      ? clusterAt(address(), options, renewing)
      : new Redis(address(), { ...options, ...SINGLE, retryStrategy: renewing });
    // made from the options of the first moment, and not connected yet
    this.#redis.on('+node', (node: Redis) => this.#renew(address, node));
    this.#redis.on('error', (error: Error) => (this.#lastError = error));
    this.ready = new Promise((resolve) => this.#redis.once('ready', () => resolve()));
    if (tokenScope !== undefined) this.#signInWithTokens(given.tokens, tokenScope, address);
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

  /** A cluster that nobody called one is refused: it would serve the keys of one node alone. */
  async ping(): Promise<void> {
    this.#refuseWhenAway();
    const redis = this.#redis;
    try {
      if (redis instanceof Cluster) await redis.ping();
      else if ((await redis.info('server')).includes('redis_mode:cluster')) throw new ReplyError('MOVED');
    } catch (error) {
      throw translateError(error);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const connected = ['connecting', 'connect', 'ready'].includes(this.#redis.status);
    const ended = new Promise<void>((resolve) => this.#redis.once('end', () => resolve()));
    this.#redis.disconnect();
    if (connected) await Promise.race([ended, setTimeout(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  #signInWithTokens(tokens: TokenSource | undefined, scope: string, address: () => string): void {
    if (!tokens) throw new TypeError('tokens are needed for a scope');
    const redis = this.#redis;
    void keepSignedIn({
      next: tokens.of(scope),
      use: async (token) => {
        this.#token = token;
        this.#renew(address);
        // what keeps it from connecting is told by its events
        if (redis.status === 'wait') return void redis.connect().catch(() => undefined);
        const { username = '' } = credentialsOf(address());
        const connected = nodesOf(redis).filter(({ status }) => status === 'ready');
        await Promise.all(connected.map((node) => node.auth(username, token)));
      },
      failed: (error) => (this.#lastError = error as Error),
      signal: this.#closing.signal,
    });
  }

  /** The next connection signs in with the password that is valid now. */
  #renew(address: () => string, node?: Redis): void {
    const redis = this.#redis;
    try {
      const credentials = { ...credentialsOf(address()), ...(this.#token ? { password: this.#token } : {}) };
      for (const { options } of node ? [node] : nodesOf(redis)) Object.assign(options, credentials);
    } catch (error) {
      this.#lastError = error as Error;
    }
  }

  #refuseWhenAway(): void {
    if (this.#redis.status === 'ready') return;
    throw new AppError('REDIS_UNAVAILABLE', `Redis does not answer: ${reasonOf(this.#lastError)}.`, {
      cause: this.#lastError,
    });
  }
}

const nodesOf = (redis: Redis | Cluster): Redis[] => (redis instanceof Cluster ? redis.nodes() : [redis]);

const SINGLE: RedisOptions = {
  // after a failover the old primary answers as a replica
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

/** The nodes tell each other's addresses; with TLS each shows the certificate of the name that the URL has. */
const clusterAt = (
  url: string,
  { keyPrefix, enableOfflineQueue: _, lazyConnect, ...options }: RedisOptions,
  retryStrategy: (times: number) => number,
): Cluster => {
  const { protocol, hostname, port } = new URL(url);
  // its own properties, since what is read from files is read again for each connection
  const given = Object.getOwnPropertyDescriptors(options.tls ?? {});
  const tls = protocol === 'rediss:' ? { tls: Object.defineProperties({ servername: hostname }, given) } : {};
  return new Cluster([{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) }], {
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    enableOfflineQueue: false,
    lazyConnect,
    clusterRetryStrategy: retryStrategy,
    clusterNodeRetryStrategy: retryStrategy,
    maxRedirections: MAX_REDIRECTIONS,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions: {
      ...options,
      ...tls,
      ...credentialsOf(url),
    },
  });
};

const credentialsOf = (url: string): Pick<RedisOptions, 'username' | 'password'> => {
  const { username, password } = new URL(url);
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
};

/** That of a cluster is the one of its node that was asked last. */
const reasonOf = (error: (NodeJS.ErrnoException & { lastNodeError?: Error }) | undefined): string =>
  error?.lastNodeError?.message || error?.message || error?.code || 'no connection yet';

export const connectRedis = (options: RedisConnectionOptions): RedisConnection => new RedisConnection(options);
