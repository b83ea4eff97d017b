import { env, Part, tlsOptions, tlsVariables } from '@collection-sync/core';
import { z } from 'zod';
import type { Bus } from './bus.js';
import { KafkaBus } from './kafka/kafka-bus.js';

const tls = tlsVariables('the brokers');

const variables = z.object({
  KAFKA_BROKERS: env.list().describe('addresses of Kafka brokers, host:port, separated by commas'),
  KAFKA_TOPIC_PREFIX: env
    .text()
    .default('')
    .describe('in front of every topic and group, for several installations on one cluster'),
  KAFKA_TLS: env.flag().default(false).describe('TLS with the authorities of the system; implied by KAFKA_CA'),
  KAFKA_CA: tls.CA,
  KAFKA_CERT: tls.CERT,
  KAFKA_KEY: tls.KEY,
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'must be plain, scram-sha-256 or scram-sha-512')
    .optional()
    .describe('how to sign in to Kafka'),
  KAFKA_SASL_USERNAME: env.text().optional().describe('user of Kafka'),
  KAFKA_SASL_PASSWORD: env
    .renewed(env.secret())
    .optional()
    .describe('its password; from its file it is read again at each sign-in'),
});

/** How to reach Kafka. */
export const kafkaEnvironment = variables.transform((given, context) => {
  const sasl = given.KAFKA_SASL_MECHANISM;
  for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const) {
    if (sasl && given[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'is needed by KAFKA_SASL_MECHANISM' });
  }
  const ssl = tlsOptions(given.KAFKA_CA, given.KAFKA_CERT, given.KAFKA_KEY) ?? (given.KAFKA_TLS || undefined);
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

/** The bus of a service among several processes. */
export const kafka = Part.define({
  environment: kafkaEnvironment,
  make: ({ environment, name, log }): Bus =>
    new KafkaBus({ ...environment.kafka, clientId: `collection-sync-${name}`, log }),
  close: (bus) => bus.close(),
  outside: (bus) => [{ name: 'kafka', check: () => bus.ping() }],
});
