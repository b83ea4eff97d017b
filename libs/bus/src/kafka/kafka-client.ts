import type { TokenSource } from '@collection-sync/core';
import kafkajs, { type Admin, type Kafka, type Mechanism, type RetryOptions, type SASLOptions } from 'kafkajs';
import { answeringSockets } from './answering-socket.js';
import { clientLog } from './client-log.js';
import { oauthBearer } from './oauth-bearer.js';
import type { KafkaConnection } from './kafka-options.js';

/** Always passed: kafkajs has other defaults, and others again when NODE_ENV is `test`. About 10 s of retries. */
export const CLIENT_RETRY = {
  initialRetryTime: 300,
  multiplier: 2,
  factor: 0.2,
  maxRetryTime: 3_000,
  retries: 5,
} as const satisfies RetryOptions;

export const kafkaClient = (
  { brokers, clientId, ssl, sasl, tokens, log }: KafkaConnection,
  retry: RetryOptions = CLIENT_RETRY,
): Kafka =>
  new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ssl,
    sasl: sasl && renewing(sasl, tokens),
    retry,
    connectionTimeout: 3_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    socketFactory: answeringSockets(),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: clientLog(log),
  });

/** kafkajs reads the password of this very object, or asks for a token, whenever it signs in. */
const renewing = (sasl: NonNullable<KafkaConnection['sasl']>, tokens?: TokenSource): SASLOptions | Mechanism => {
  if (sasl.mechanism === 'oauthbearer') {
    if (!tokens) throw new TypeError('tokens are needed for oauthbearer');
    return oauthBearer(tokens.of(sasl.scope));
  }
  const { mechanism, username, password } = sasl;
  return {
    mechanism,
    username,
    get password() {
      return typeof password === 'string' ? password : password();
    },
  } as SASLOptions;
};

/** One piece of administration on a connection of its own. */
export const withAdmin = async <T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};
