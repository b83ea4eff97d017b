import kafkajs, { type Admin, type Kafka, type RetryOptions, type SASLOptions } from 'kafkajs';
import { answeringSockets } from './answering-socket.js';
import { clientLog } from './client-log.js';
import type { KafkaConnection } from './kafka-options.js';

/** Always passed: kafkajs has other defaults, and others again when NODE_ENV is `test`. About 10 s of patience. */
export const CLIENT_RETRY = {
  initialRetryTime: 300,
  multiplier: 2,
  factor: 0.2,
  maxRetryTime: 3_000,
  retries: 5,
} as const satisfies RetryOptions;

export const kafkaClient = (
  { brokers, clientId, ssl, sasl, log }: KafkaConnection,
  retry: RetryOptions = CLIENT_RETRY,
): Kafka =>
  new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ssl,
    sasl: sasl && renewing(sasl),
    retry,
    connectionTimeout: 3_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    socketFactory: answeringSockets(),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: clientLog(log),
  });

/** kafkajs reads the password of this very object whenever it signs in. */
const renewing = ({ mechanism, username, password }: NonNullable<KafkaConnection['sasl']>): SASLOptions =>
  ({
    mechanism,
    username,
    get password() {
      return typeof password === 'string' ? password : password();
    },
  }) as SASLOptions;

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
