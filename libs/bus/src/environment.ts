import { env, Part, tlsOptions, tlsVariables, type TokenSource } from '@collection-sync/core';
import { z } from 'zod';
import type { Bus } from './bus.js';
import { KafkaBus } from './kafka/kafka-bus.js';
import type { KafkaConnection } from './kafka/kafka-options.js';

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
    .enum(
      ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'],
      'must be plain, scram-sha-256, scram-sha-512 or oauthbearer',
    )
    .optional()
    .describe('how to sign in to Kafka; oauthbearer: with tokens of Entra, as Event Hubs takes them'),
  KAFKA_SASL_USERNAME: env.text().optional().describe('user of Kafka'),
  KAFKA_SASL_PASSWORD: env
    .renewed(env.secret())
    .optional()
    .describe('its password; from its file it is read again at each sign-in'),
  KAFKA_TOKEN_SCOPE: env
    .text()
    .optional()
    .describe('whose tokens oauthbearer takes; https://<host of the first broker>/.default where it is not set'),
});

/** How to reach Kafka. */
export const kafkaEnvironment = variables.transform((given, context) => {
  const refuse = (name: keyof typeof given, message: string): void =>
    context.addIssue({ code: 'custom', path: [name], message });
  const mechanism = given.KAFKA_SASL_MECHANISM;
  const ssl = tlsOptions(given.KAFKA_CA, given.KAFKA_CERT, given.KAFKA_KEY) ?? (given.KAFKA_TLS || undefined);
  if (mechanism === 'oauthbearer') {
    if (!ssl) refuse('KAFKA_TLS', 'is needed by oauthbearer, or KAFKA_CA: tokens travel by TLS alone');
  } else if (mechanism) {
    for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const)
      if (given[name] === undefined) refuse(name, 'is needed by KAFKA_SASL_MECHANISM');
  }
  const sasl: KafkaConnection['sasl'] =
    mechanism === 'oauthbearer'
      ? { mechanism, scope: given.KAFKA_TOKEN_SCOPE ?? `https://${hostOf(given.KAFKA_BROKERS[0])}/.default` }
      : mechanism && {
          mechanism,
          username: given.KAFKA_SASL_USERNAME ?? '',
          password: given.KAFKA_SASL_PASSWORD ?? '',
        };
  return {
    kafka: {
      brokers: given.KAFKA_BROKERS,
      ...(given.KAFKA_TOPIC_PREFIX ? { topicPrefix: given.KAFKA_TOPIC_PREFIX } : {}),
      ...(ssl ? { ssl } : {}),
      ...(sasl ? { sasl } : {}),
    },
  };
});

const hostOf = (broker = ''): string => broker.replace(/:\d+$/, '');

/** The bus of a service among several processes. */
export const kafka = (tokens: Part<TokenSource>): Part<Bus> =>
  Part.define({
    environment: kafkaEnvironment,
    uses: { tokens },
    make: ({ environment, name, log, uses }): Bus =>
      new KafkaBus({ ...environment.kafka, tokens: uses.tokens, clientId: `collection-sync-${name}`, log }),
    close: (bus) => bus.close(),
    outside: (bus) => [{ name: 'kafka', check: () => bus.ping() }],
  });
