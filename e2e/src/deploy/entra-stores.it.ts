import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { KafkaBus, createTopics, kafkaEnvironment } from '@collection-sync/bus';
import { encodeEvent, TOPICS, type OutgoingRecord, type Received, type TopicName } from '@collection-sync/core';
import { identityEnvironment, ownTokens } from '@collection-sync/graph';
import { readEnvironment, silentLogger } from '@collection-sync/platform';
import { Database, databaseEnvironment } from '@collection-sync/postgres';
import { connectRedis, redisEnvironment } from '@collection-sync/redis';
import { ControlClient, startSimulator, type Simulator } from '@collection-sync/simulator';
import {
  eventually,
  freshDatabase,
  makeCertificate,
  startRedis,
  startSecureKafka,
  startTlsFront,
  type Certificate,
} from '@collection-sync/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Stores that are signed in to with tokens, by the variables of docs/azure.md: from the token service to a broker, a server and a Redis
// that judge them. What Azure itself puts in front of them is not here.

const CLIENT = '7a1f0000-0000-4000-8000-0000000000aa';
const OBJECT = '7a1f0000-0000-4000-8000-0000000000bb';
const EVENT_HUBS = 'https://eventhubs.azure.net';
const trusted = getCACertificates('default');

let sim: Simulator;
let certificate: Certificate;
let identity: Record<string, string>;

beforeAll(async () => {
  const app = { clientId: CLIENT, objectId: OBJECT, secrets: [{ value: 'app-secret' }] };
  sim = await startSimulator({ tlsPort: 0, staticToken: false, apps: [app] });
  certificate = await makeCertificate();
  setDefaultCACertificates([...trusted, sim.https?.ca ?? '']);
  identity = {
    AZURE_TENANT_ID: sim.tenantId,
    AZURE_CLIENT_ID: CLIENT,
    AZURE_CLIENT_SECRET: 'app-secret',
    AZURE_AUTHORITY_HOST: sim.https?.authorityUrl ?? '',
    AZURE_DISABLE_INSTANCE_DISCOVERY: 'true',
  };
}, 60_000);
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await sim.close();
});

const setLifetime = (seconds: number) => new ControlClient(sim.controlUrl).tokenLifetime(seconds);

const tokens = () => ownTokens(readEnvironment(identityEnvironment, identity).own);

describe('Kafka with OAUTHBEARER', () => {
  const closing: KafkaBus[] = [];
  let variables: Record<string, string>;

  beforeAll(async () => {
    const broker = await startSecureKafka(
      certificate,
      { admin: 'admin-secret' },
      {
        keysUrl: `${new URL(sim.controlUrl).origin}/${sim.tenantId}/discovery/v2.0/keys`,
        issuer: `https://sts.windows.net/${sim.tenantId}/`,
        audience: EVENT_HUBS,
        subjects: [OBJECT],
      },
    );
    variables = {
      KAFKA_BROKERS: broker.address,
      KAFKA_CA: certificate.cert,
      KAFKA_SASL_MECHANISM: 'oauthbearer',
      KAFKA_TOKEN_SCOPE: `${EVENT_HUBS}/.default`,
    };
    const { kafka } = readEnvironment(kafkaEnvironment, variables);
    const topics = [TOPICS.upstream, TOPICS.directoryChange, TOPICS.deadLetter];
    await createTopics({
      ...kafka,
      tokens: tokens(),
      clientId: 'topics',
      log: silentLogger(),
      partitions: 1,
      topics,
    });
  }, 180_000);
  afterAll(() => Promise.all(closing.map((bus) => bus.close())));

  const busWith = (more: Record<string, string> = {}, source = tokens()): KafkaBus => {
    const { kafka } = readEnvironment(kafkaEnvironment, { ...variables, ...more });
    const bus = new KafkaBus({ ...kafka, tokens: source, clientId: 'entra', log: silentLogger() });
    closing.push(bus);
    return bus;
  };
  const record = (): OutgoingRecord =>
    encodeEvent(
      TOPICS.directoryChange,
      { tenant: sim.tenantId, at: new Date().toISOString(), identities: [{ change: 'changed', sid: 'S-1-5-21-1' }] },
      'test',
    );

  it('publishes and consumes on past the end of its first token, with one that was asked for before', async () => {
    // the client signs in anew ten seconds before a session ends
    await setLifetime(14);
    const source = tokens();
    const ends: number[] = [];
    const reported = {
      of: (scope: string) => {
        const next = source.of(scope);
        return async () => {
          const token = await next();
          ends.push(token.expiresOnTimestamp);
          return token;
        };
      },
    };
    const bus = busWith({}, reported);
    let got = 0;
    const reader = bus.work('reader');
    reader.addHandler(TOPICS.directoryChange, async (records: Received<TopicName>[]) => void (got += records.length));
    await new Promise<void>((resolve, reject) =>
      reader.listen((error) => (error ? reject(error as Error) : resolve())),
    );
    let sent = 0;
    await eventually(
      async () => {
        await bus.publisher.publish([record()]);
        sent += 1;
        const [first] = ends;
        return first !== undefined && first < Date.now() && got === sent;
      },
      { what: 'the end of the first token' },
    );
    expect(reader.failed.aborted).toBe(false);
    expect(Math.max(...ends)).toBeGreaterThan(Date.now());
  });

  it('lets nobody in with the token of another audience, or one that has ended, and says so', async () => {
    await setLifetime(3_599);
    const redis = { KAFKA_TOKEN_SCOPE: 'https://redis.azure.com/.default' };
    await expect(busWith(redis).ping()).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
      message: expect.stringMatching(/OAUTHBEARER authentication failed: .*invalid_token/) as unknown,
    });
    await setLifetime(1);
    const ended = await tokens().of(`${EVENT_HUBS}/.default`)();
    await eventually(() => ended.expiresOnTimestamp < Date.now(), { what: 'the end of a token' });
    await expect(busWith({}, { of: () => async () => ended }).ping()).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
      message: expect.stringMatching(/OAUTHBEARER authentication failed: .*invalid_token/) as unknown,
    });
    await setLifetime(3_599);
  });

  it('says in the words of Entra why there is no token', async () => {
    const unknown = { KAFKA_TOKEN_SCOPE: 'https://elsewhere.example/.default' };
    await expect(busWith(unknown).ping()).rejects.toThrow(/AADSTS500011/);
  });
});

it('PostgreSQL is signed in to with a token over TLS', async () => {
  const plain = await freshDatabase();
  const role = `entra_${crypto.randomUUID().slice(0, 8)}`;
  const admin = new Database({ url: plain, schema: 'things', application: 'admin', max: 1 });
  const source = tokens();
  const { token } = await source.of('https://ossrdbms-aad.database.windows.net/.default')();
  await admin.query(`create role ${role} login password '${token}'`);
  const front = await startTlsFront(plain, certificate, { postgres: true });
  const { database } = readEnvironment(databaseEnvironment, {
    DATABASE_URL: Object.assign(new URL(plain), { username: role, password: '', port: String(front) }).href,
    DATABASE_AUTH: 'entra',
    DATABASE_CA: certificate.cert,
  });
  const entra = new Database({ ...database, tokens: source, schema: 'things', application: 'entra' });
  expect(await entra.query('select current_user as me')).toEqual([{ me: role }]);
  await entra.close();
  await admin.query(`drop role ${role}`);
  await admin.close();
});

it('Redis is signed in to with a token over TLS, as the object id of the identity', async () => {
  const { address } = await startRedis();
  const source = tokens();
  const { token } = await source.of('https://redis.azure.com/.default')();
  const admin = new Redis(address);
  await admin.call('ACL', 'SETUSER', OBJECT, 'on', `>${token}`, '~*', '+@all');
  admin.disconnect();
  const { redis } = readEnvironment(redisEnvironment, {
    REDIS_URL: `rediss://${OBJECT}@127.0.0.1:${await startTlsFront(address, certificate)}`,
    REDIS_AUTH: 'entra',
    REDIS_CA: certificate.cert,
  });
  const connection = connectRedis({ ...redis, tokens: source });
  await connection.ready;
  await connection.ping();
  await connection.close();
});
