import { z } from 'zod';
import { env } from './environment-pieces.js';

const tls = (what: string) => ({
  CA: env.text().optional().describe(`PEM of the authority that signed ${what}'s certificate; turns TLS on`),
  CERT: env.text().optional().describe(`PEM of the client certificate shown to ${what}`),
  KEY: env.secret().optional().describe('PEM of its private key'),
});
const kafka = tls('the brokers');
const database = tls('the database');
const redis = tls('Redis');

const kafkaVariables = z.object({
  KAFKA_BROKERS: env.list().describe('addresses of Kafka brokers, host:port, separated by commas'),
  KAFKA_TOPIC_PREFIX: env
    .text()
    .default('')
    .describe('in front of every topic and group, for several installations on one cluster'),
  KAFKA_TLS: env.flag().default(false).describe('TLS with the authorities of the system; implied by KAFKA_CA'),
  KAFKA_CA: kafka.CA,
  KAFKA_CERT: kafka.CERT,
  KAFKA_KEY: kafka.KEY,
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'must be plain, scram-sha-256 or scram-sha-512')
    .optional()
    .describe('how to sign in to Kafka'),
  KAFKA_SASL_USERNAME: env.text().optional().describe('user of Kafka'),
  KAFKA_SASL_PASSWORD: env.secret().optional().describe('its password'),
});

/** How to reach PostgreSQL alone. */
export const databaseVariables = {
  DATABASE_URL: env.url('postgres', 'postgresql').meta({ secret: true }).describe('the PostgreSQL database'),
  DATABASE_CA: database.CA,
  DATABASE_CERT: database.CERT,
  DATABASE_KEY: database.KEY,
} as const;

const storeVariables = z.object({
  ...databaseVariables,
  REDIS_URL: env
    .url('redis', 'rediss')
    .meta({ secret: true })
    .describe('the Redis of leases, locks and write budgets; rediss:// for TLS'),
  REDIS_CA: redis.CA,
  REDIS_CERT: redis.CERT,
  REDIS_KEY: redis.KEY,
});

/** How to reach Kafka alone. Any variable may be given as a file through `<NAME>_FILE`. */
export const kafkaEnvironment = kafkaVariables.transform((given, context) => {
  const sasl = given.KAFKA_SASL_MECHANISM;
  for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const) {
    if (sasl && given[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'is needed by KAFKA_SASL_MECHANISM' });
  }
  const ssl = certificates(given.KAFKA_CA, given.KAFKA_CERT, given.KAFKA_KEY) ?? (given.KAFKA_TLS || undefined);
  const user = { username: given.KAFKA_SASL_USERNAME ?? '', password: given.KAFKA_SASL_PASSWORD ?? '' };
  return {
    kafka: {
      brokers: given.KAFKA_BROKERS,
      ...(given.KAFKA_TOPIC_PREFIX ? { topicPrefix: given.KAFKA_TOPIC_PREFIX } : {}),
      ...(ssl ? { ssl } : {}),
      ...(sasl ? { sasl: { mechanism: sasl, ...user } } : {}),
    },
  };
});

const storeEnvironment = storeVariables.transform((given) => {
  const ssl = certificates(given.DATABASE_CA, given.DATABASE_CERT, given.DATABASE_KEY);
  const redisTls = certificates(given.REDIS_CA, given.REDIS_CERT, given.REDIS_KEY);
  return {
    database: { url: given.DATABASE_URL, ...(ssl ? { ssl } : {}) },
    redis: { url: given.REDIS_URL, ...(redisTls ? { tls: redisTls } : {}) },
  };
});

/**
 * How a service of the distributed installation reaches Kafka, PostgreSQL and Redis; combine it with the service's own
 * schema by `.and()`.
 */
export const connectionEnvironment = kafkaEnvironment.and(storeEnvironment);

/** The options of TLS, if anything of it is given. */
export const certificates = (ca?: string, cert?: string, key?: string) =>
  ca || cert || key ? { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) } : undefined;
