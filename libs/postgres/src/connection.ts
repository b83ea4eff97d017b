import type { TokenSource } from '@collection-sync/core';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

export interface DatabaseOptions {
  /** postgresql://user:password@host:port/database; asked again for each connection */
  url: string | (() => string);
  /** a token of this scope, from `tokens`, is the password of each connection */
  tokenScope?: string;
  tokens?: TokenSource;
  /** the only schema this service reads and writes; created by migrate() */
  schema: string;
  /** shown in pg_stat_activity */
  application: string;
  /** connections of the pool, 10 by default; sessions and listeners have their own */
  max?: number;
  /** every statement finds its rows by a key: a plan that reads all that may matter, and sorts it, is a wrong guess of the planner */
  byKey?: boolean;
  ssl?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
  /** a statement that takes longer is cancelled, DATABASE_UNAVAILABLE; 120 s by default */
  statementTimeoutMs?: number;
  /** an answer that takes longer is looked after: is the connection still served? 5 s by default */
  firstLookMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** A process that was frozen in the middle of a transaction must not hold its row locks for long. */
const IDLE_IN_TRANSACTION_MS = 60_000;

const NUMBER_TYPES: ReadonlyMap<number, (text: string) => number> = new Map([[pg.types.builtins.INT8, Number]]);

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : NUMBER_TYPES.get(oid)) ??
    pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** The settings of every connection, pooled or not. */
export const connectionConfig = (options: DatabaseOptions): pg.ClientConfig => {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(options.schema)) {
    throw new TypeError(`schema ${options.schema}: must be lower case letters, digits and underscores`);
  }
  const address = typeof options.url === 'string' ? options.url : options.url();
  return {
    ...addressed(options.ssl ? withoutTls(address) : address, options),
    application_name: options.application,
    options: [
      `-c search_path=${options.schema} -c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
      // statements are short and many at a time: starting processes for one costs more than they save
      '-c max_parallel_workers_per_gather=0',
      ...(options.byKey ? ['-c enable_bitmapscan=off'] : []),
    ].join(' '),
    statement_timeout: statementTimeout(options),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
    ...(options.ssl ? { ssl: options.ssl } : {}),
  };
};

/** The driver asks a function for the password at each sign-in, but not beside an address, which has one of its own. */
const addressed = (address: string, { tokenScope, tokens }: DatabaseOptions): pg.ClientConfig => {
  if (tokenScope === undefined) return { connectionString: address };
  if (!tokens) throw new TypeError('tokens are needed for a scope');
  const next = tokens.of(tokenScope);
  return { ...parseIntoClientConfig(address), password: async () => (await next()).token };
};

/** What an address says of TLS would replace the options given beside it, an authority among them. */
const withoutTls = (address: string): string => {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (/^ssl/.test(name)) url.searchParams.delete(name);
  return url.href;
};

const statementTimeout = (options: DatabaseOptions): number => options.statementTimeoutMs ?? 120_000;

/** When nothing at all was heard this long after the server should have cancelled a statement, the connection is dead. */
export const answerTimeout = (options: DatabaseOptions): number => statementTimeout(options) + 10_000;
