import { env, Part, tlsOptions, tlsVariables } from '@collection-sync/core';
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
    DATABASE_CA: tls.CA,
    DATABASE_CERT: tls.CERT,
    DATABASE_KEY: tls.KEY,
  })
  .transform(({ DATABASE_URL: url, DATABASE_CA, DATABASE_CERT, DATABASE_KEY }) => {
    const ssl = tlsOptions(DATABASE_CA, DATABASE_CERT, DATABASE_KEY);
    return { database: { url, ...(ssl ? { ssl } : {}) } };
  });

export type DatabaseTuning = Pick<DatabaseOptions, 'max' | 'byKey' | 'statementTimeoutMs'>;

/** The database of a service: the schema has the service's name. */
export const postgres = (tuning: DatabaseTuning | Part<DatabaseTuning> = {}): Part<ServiceDatabase> =>
  Part.define({
    environment: databaseEnvironment,
    uses: { tuning: Part.of(tuning) },
    make: ({ environment, name, uses }) =>
      new ServiceDatabase({ ...environment.database, ...uses.tuning, schema: name, application: name }),
    close: (database) => database.close(),
    outside: (database) => [{ name: 'database', check: () => database.ping() }],
  });
