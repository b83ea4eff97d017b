import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLOWS, SERVICES, TOPICS, type ServiceName, type TopicKind } from '@collection-sync/core';
import { eventually, makeCertificate, startSecureKafka, type Certificate } from '@collection-sync/testing';
import kafkajs, { type Admin, type AclEntry } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUp } from '../play-look-ups.js';
import { playScenario } from '../play-scenario.js';
import { startSystem, type System } from '../system.js';
import { ROOT } from './manifests.js';

// The services on a broker where each signs in as itself and has the rights of docs/kafka-acls.md, no more and no less.

const USERS = ['admin', 'topics', ...SERVICES] as const;
type User = (typeof USERS)[number];
const PASSWORDS = Object.fromEntries(USERS.map((user) => [user, `${user}-secret`])) as Record<User, string>;
const kinds = Object.keys(TOPICS) as TopicKind[];
const { AclResourceTypes, AclPermissionTypes, ResourcePatternTypes, AssignerProtocol } = kafkajs;
const OPERATIONS: Readonly<Record<string, number>> = {
  Read: 3,
  Write: 4,
  Create: 5,
  Delete: 6,
  Alter: 7,
  Describe: 8,
  DescribeConfigs: 10,
  AlterConfigs: 11,
};

let brokers: string[];
let certificate: Certificate;
let system: System;
let admin: Admin;

const clientOf = (user: User): kafkajs.Kafka =>
  new kafkajs.Kafka({
    brokers,
    ssl: { ca: certificate.cert },
    sasl: { mechanism: 'scram-sha-512', username: user, password: PASSWORDS[user] },
    retry: { retries: 0 },
    logLevel: kafkajs.logLevel.NOTHING,
  });

/** The commands of the page as entries of the list. */
const entries = (): AclEntry[] => {
  const page = readFileSync(join(ROOT, 'docs/kafka-acls.md'), 'utf8');
  const [, block = ''] = /```sh\n(.*?)```/s.exec(page) ?? [];
  const commands = block.replaceAll('\\\n', ' ').split('kafka-acls.sh').slice(1);
  expect(commands).toHaveLength(1 + 3 * SERVICES.length);
  return commands.flatMap((command) => {
    const all = (option: string): string[] =>
      [...command.matchAll(new RegExp(`--${option} (\\S+)`, 'g'))].map(([, value = '']) => value);
    const [principal = ''] = all('allow-principal');
    const prefixed = all('resource-pattern-type').includes('prefixed');
    const resources = [
      ...all('topic').map((name) => [AclResourceTypes.TOPIC, name] as const),
      ...all('group').map((name) => [AclResourceTypes.GROUP, name] as const),
    ];
    return resources.flatMap(([resourceType, resourceName]) =>
      all('operation').map((operation) => ({
        resourceType,
        resourceName,
        resourcePatternType: prefixed ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
        principal,
        host: '*',
        operation: OPERATIONS[operation] ?? 0,
        permissionType: AclPermissionTypes.ALLOW,
      })),
    );
  });
};

beforeAll(async () => {
  certificate = await makeCertificate();
  brokers = [(await startSecureKafka(certificate, PASSWORDS)).address];
  admin = clientOf('admin').admin();
  await admin.connect();
  await admin.createAcls({ acl: entries() });
  system = await startSystem('distributed', {
    environment: { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: '', KAFKA_CA: certificate.cert },
    own: (program) => ({
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: program,
      KAFKA_SASL_PASSWORD: PASSWORDS[program],
    }),
  });
}, 300_000);

afterAll(async () => {
  await system.close();
  await admin.disconnect();
}, 60_000);

/** Who wrote what so far, as `service topic`. */
const written = async (): Promise<Set<string>> => {
  const seen = new Set<string>();
  const consumer = clientOf('admin').consumer({ groupId: `onlooker-${crypto.randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: Object.values(TOPICS), fromBeginning: true });
  const ends = await Promise.all(Object.values(TOPICS).map((topic) => admin.fetchTopicOffsets(topic)));
  const total = ends.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  let count = 0;
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      count += 1;
      const source = String(message.headers?.['ce_source'] ?? '');
      if (source) seen.add(`${source.split('/').at(-1)} ${topic}`);
    },
  });
  await eventually(() => count >= total, { deadline: 60_000, what: `${total} records to be read` });
  await consumer.disconnect();
  return seen;
};

/** Which topics each service is assigned. */
const read = async (): Promise<Set<string>> => {
  const { groups } = await admin.listGroups();
  const { groups: described } = await admin.describeGroups(
    groups.map(({ groupId }) => groupId).filter((id) => id.startsWith('collection-sync.')),
  );
  return new Set(
    described.flatMap(({ groupId, members }) =>
      members.flatMap(({ memberAssignment }) => {
        const { assignment = {} } = AssignerProtocol.MemberAssignment.decode(memberAssignment) ?? {};
        return Object.keys(assignment).map((topic) => `${groupId.split('.')[1]} ${topic}`);
      }),
    ),
  );
};

const flowing = (side: 'producers' | 'consumers'): string[] =>
  kinds.flatMap((kind) => FLOWS[kind][side].map((service) => `${service} ${TOPICS[kind]}`)).sort();

describe('with the rights of the guide', () => {
  it('the ten steps pass', async () => {
    const steps = await playScenario(system, () => undefined);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
  }, 180_000);

  it('each service writes to all topics that it may write, and reads from all that it may read', async () => {
    await system.simulator.send('POST', '/devices/DeviceB/re-register');
    const { id } = await system.simulator.group('Group1');
    await lookUp(system, `${system.simulator.addresses.tenantId}/${id}`, 'DeviceA');
    const producer = clientOf('admin').producer();
    await producer.connect();
    for (const kind of ['membershipDelta', 'membershipChange', 'command', 'run'] as const)
      await producer.send({ topic: TOPICS[kind], messages: [{ key: 'nobody', value: 'unreadable' }] });
    await producer.disconnect();
    await eventually(async () => expect([...(await written())].sort()).toEqual(flowing('producers')) ?? true, {
      deadline: 90_000,
      interval: 1_000,
    });
    expect([...(await read())].sort()).toEqual(flowing('consumers'));
  }, 180_000);

  it('nobody writes anything else', async () => {
    const took: string[] = [];
    for (const user of ['topics', ...SERVICES] as const) {
      const producer = clientOf(user).producer();
      await producer.connect();
      for (const kind of kinds) {
        if (FLOWS[kind].producers.includes(user as ServiceName)) continue;
        await producer
          .send({ topic: TOPICS[kind], messages: [{ key: 'nobody', value: '{}' }] })
          .then(() => took.push(`${user} wrote ${kind}`))
          .catch((error: Error) => expect(error.message).toMatch(/not authorized/i));
      }
      await producer.disconnect();
    }
    expect(took).toEqual([]);
  }, 120_000);

  it('nobody takes the place of another in its group', async () => {
    expect(await joins('resolver', 'collection-sync.resolver.second')).toBe(true);
    expect(await joins('resolver', 'collection-sync.writer')).toBe(false);
  }, 60_000);
});

const joins = async (user: User, groupId: string): Promise<boolean> => {
  const consumer = clientOf(user).consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPICS.mapping] });
  const outcome = new Promise<boolean>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve(true));
    consumer.on(consumer.events.CRASH, () => resolve(false));
  });
  await consumer.run({ eachMessage: () => Promise.resolve() }).catch(() => undefined);
  const joined = await outcome;
  await consumer.disconnect();
  return joined;
};
