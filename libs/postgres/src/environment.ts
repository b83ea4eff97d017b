import { env, Part, tlsOptions, tlsVariables, type TokenSource } from '@collection-sync/core';
import { z } from 'zod';
import type { DatabaseOptions } from './connection.js';
import { ServiceDatabase } from './service-database.js';

const tls = tlsVariables('the database');

/** How to reach PostgreSQL. */
export const databaseEnvironment = z
  .object({
    DATABASE_URL: env
      .renewed(env.url('postgres', 'postgresql').meta({ secret: true }))
      .describe('the PostgreSQL database; from its file it is read again for each connection'),
    DATABASE_AUTH: z
      .enum(['password', 'entra'], 'must be password or entra')
      .default('password')
      .describe('entra: a token of Entra is the password, as Azure Database for PostgreSQL takes it'),
    DATABASE_TOKEN_SCOPE: env
      .text()
      // https://learn.microsoft.com/azure/postgresql/flexible-server/security-connect-with-managed-identity
      .default('https://ossrdbms-aad.database.windows.net/.default')
      .describe('whose tokens entra takes; another one in a sovereign cloud'),
    DATABASE_CA: tls.CA,
    DATABASE_CERT: tls.CERT,
    DATABASE_KEY: tls.KEY,
  })
  .transform((given, context) => {
    const { DATABASE_URL: url, DATABASE_AUTH, DATABASE_TOKEN_SCOPE: tokenScope } = given;
    const ssl = tlsOptions(given.DATABASE_CA, given.DATABASE_CERT, given.DATABASE_KEY);
    const entra = DATABASE_AUTH === 'entra';
    if (entra && !ssl && !asksForTls(typeof url === 'string' ? url : url())) {
      const message = 'needs sslmode=verify-full for DATABASE_AUTH=entra, or DATABASE_CA: tokens travel by TLS alone';
      context.addIssue({ code: 'custom', path: ['DATABASE_URL'], message });
    }
    return { database: { url, ...(entra ? { tokenScope } : {}), ...(ssl ? { ssl } : {}) } };
  });

const asksForTls = (url: string): boolean => new URL(url).searchParams.get('sslmode') === 'verify-full';

export type DatabaseTuning = Pick<DatabaseOptions, 'max' | 'byKey' | 'statementTimeoutMs'>;

/** The database of a service: the schema has the service's name. */
export const postgres = (
  tokens: Part<TokenSource>,
  tuning: DatabaseTuning | Part<DatabaseTuning> = {},
): Part<ServiceDatabase> =>
  Part.define({
    environment: databaseEnvironment,
    uses: { tokens, tuning: Part.of(tuning) },
    make: ({ environment, name, uses }) =>
      new ServiceDatabase({
        ...environment.database,
        ...uses.tuning,
        tokens: uses.tokens,
        schema: name,
        application: name,
      }),
    close: (database) => database.close(),
    outside: (database) => [{ name: 'database', check: () => database.ping() }],
  });
