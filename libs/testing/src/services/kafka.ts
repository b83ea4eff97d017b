import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import kafkajs from 'kafkajs';
import { kafkaJars } from './kafka-jars.js';
import { java } from './java.js';
import type { Recipe } from './recipe.js';
import { runCommand } from './run-command.js';
import { KAFKA_VERSION } from './kafka-version.js';

// One broker that is also its controller, for tests: internal topics of few partitions in one copy, no waiting for the first members of a group.
export const SETTINGS = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  'auto.create.topics.enable': 'false',
  'group.initial.rebalance.delay.ms': '0',
  // A killed broker may register again only when its earlier session has run out.
  'broker.session.timeout.ms': '2000',
  'broker.heartbeat.interval.ms': '500',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'log.cleaner.dedupe.buffer.size': '16777216',
};

/** Apache Kafka without ZooKeeper, from Maven Central when no engine has it. */
export const kafka: Recipe = {
  name: 'kafka',
  variable: 'KAFKA_BROKERS',
  image: `apache/kafka:${KAFKA_VERSION}`,
  ports: 2,
  install:
    'Install Java 17 or newer and Maven (Debian, Ubuntu: apt-get install default-jre-headless maven; macOS: brew install openjdk maven).',

  address: (port) => `127.0.0.1:${port}`,

  async answers(address) {
    const client = new kafkajs.Kafka({
      clientId: 'collection-sync-probe',
      brokers: address.split(','),
      connectionTimeout: 2_000,
      requestTimeout: 2_000,
      retry: { retries: 0 },
      logLevel: kafkajs.logLevel.NOTHING,
    });
    const admin = client.admin();
    try {
      await admin.connect();
      if ((await admin.describeCluster()).controller === null) throw new Error('it has no controller yet');
    } finally {
      await admin.disconnect();
    }
  },

  container: (port) => ({
    options: [
      '--publish',
      `127.0.0.1:${port}:9092`,
      ...environment({
        ...SETTINGS,
        'controller.quorum.voters': '1@localhost:9093',
        listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
      }),
    ],
    command: [],
  }),

  program: ({ folder, ports: [port, controllerPort], report }) =>
    kafkaProgram(folder, report, {
      ...SETTINGS,
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    }),
};

/** A broker of these settings in a folder: its data is formatted, and it is told how to start. */
export const kafkaProgram = async (
  folder: string,
  report: (line: string) => void,
  settings: Record<string, string>,
  { formatting = [], machine = [] }: { formatting?: readonly string[]; machine?: readonly string[] } = {},
): ReturnType<Recipe['program']> => {
  const command = await java(report);
  const file = join(folder, 'server.properties');
  await writeFile(file, properties({ ...settings, 'log.dirs': join(folder, 'data') }));
  const classPath = [join(await kafkaJars(report), '*')].join(delimiter);
  const quick = ['-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath];
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', file, ...formatting];
  await runCommand(command, [...quick, ...format]);
  return {
    command,
    args: ['-Xms256m', '-Xmx768m', ...quick, ...machine, 'kafka.Kafka', file],
    stopSignal: 'SIGTERM',
  };
};

/** As Kafka writes its ids: 16 random bytes in URL-safe Base64, not beginning with a dash. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

function properties(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}

/** As the image wants them: KAFKA_ and the name in capitals, dots as underscores. */
function environment(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [
    '--env',
    `KAFKA_${name.toUpperCase().replaceAll('.', '_')}=${value}`,
  ]);
}
