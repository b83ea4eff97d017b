import { TOPICS, tlsOptions } from '@collection-sync/core';
import { makeCertificate, startSecureKafka, type Certificate } from '@collection-sync/testing';
import kafkajs, { type Kafka } from 'kafkajs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { state } from '../../test/records.js';
import { createTopics } from './create-topics.js';
import { KafkaBus } from './kafka-bus.js';
import { kafkaClient } from './kafka-client.js';
import type { KafkaConnection } from './kafka-options.js';

const PASSWORDS = { admin: 'admin-secret', status: 'status-secret', writer: 'writer-secret' };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const { AclResourceTypes, AclOperationTypes, AclPermissionTypes, ResourcePatternTypes } = kafkajs;

let brokers: string[];
let certificate: Certificate;
const open: KafkaBus[] = [];

const connection = (username: keyof typeof PASSWORDS, password: string = PASSWORDS[username]): KafkaConnection => ({
  brokers,
  clientId: username,
  ssl: { ca: certificate.cert },
  sasl: { mechanism: 'scram-sha-512', username, password },
  log: quiet,
});
const busOf = (options: KafkaConnection): KafkaBus => {
  const bus = new KafkaBus(options);
  open.push(bus);
  return bus;
};
const allow = async (kafka: Kafka, user: string, topic: string, operation: number): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createAcls({
    acl: [operation, AclOperationTypes.DESCRIBE].map((each) => ({
      resourceType: AclResourceTypes.TOPIC,
      resourceName: topic,
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal: `User:${user}`,
      host: '*',
      operation: each,
      permissionType: AclPermissionTypes.ALLOW,
    })),
  });
  await admin.disconnect();
};

beforeAll(async () => {
  certificate = await makeCertificate();
  const kafka = await startSecureKafka(certificate, PASSWORDS);
  brokers = [kafka.address];
  await createTopics({ ...connection('admin'), partitions: 1, topics: [TOPICS.upstream, TOPICS.deadLetter] });
  await allow(kafkaClient(connection('admin')), 'status', TOPICS.upstream, AclOperationTypes.WRITE);
  await allow(kafkaClient(connection('admin')), 'writer', TOPICS.upstream, AclOperationTypes.READ);
}, 120_000);

afterEach(() => Promise.all(open.splice(0).map((bus) => bus.close())));

describe('Kafka with TLS, sign-in and access control lists', () => {
  it('takes what a user who may write sends', async () => {
    await busOf(connection('status')).publisher.publish([state('ABC', 1)]);
    const admin = kafkaClient(connection('admin')).admin();
    await admin.connect();
    const [partition] = await admin.fetchTopicOffsets(TOPICS.upstream);
    await admin.disconnect();
    expect(Number(partition?.high)).toBe(1);
  });

  it('refuses a record of a user who may only read the topic', async () => {
    await expect(busOf(connection('writer')).publisher.publish([state('ABC', 1)])).rejects.toMatchObject({
      message: expect.stringMatching(/authoriz/i) as string,
    });
  });

  it('is signed in to with a password that was renewed meanwhile', async () => {
    let password = 'old';
    const sasl = { mechanism: 'scram-sha-512', username: 'admin', password: () => password } as const;
    const bus = busOf({ ...connection('admin'), sasl });
    await expect(bus.ping()).rejects.toThrow(/authentication/i);
    await expect(bus.publisher.publish([state('ABC', 2)])).rejects.toThrow(/authentication/i);
    password = PASSWORDS.admin;
    await bus.ping();
    await bus.publisher.publish([state('ABC', 2)]);
  });

  it('is reached with an authority and a password that are read again for each connection', async () => {
    let authority = (await makeCertificate()).cert;
    const bus = busOf({ ...connection('admin'), ssl: tlsOptions(() => authority) });
    await expect(bus.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    authority = certificate.cert;
    await bus.ping();
    await bus.publisher.publish([state('ABC', 3)]);
  });

  it('lets nobody in with a wrong password, without sign-in, or when nobody vouches for the server', async () => {
    await expect(busOf(connection('status', 'wrong')).ping()).rejects.toThrow(/authentication/i);
    const { sasl: _, ...anonymous } = connection('status');
    await expect(busOf(anonymous).ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    await expect(busOf({ ...connection('status'), ssl: true }).ping()).rejects.toThrow(/self-signed/);
  });
});
