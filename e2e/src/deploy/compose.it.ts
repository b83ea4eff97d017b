import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '@collection-sync/core';
import { startKafkaWith, startRedis } from '@collection-sync/testing';
import { Redis } from 'ioredis';
import kafkajs, { type SASLOptions } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composed, exampleSettings, isOurs, textOf } from './compose.js';
import { heapOfImage } from './heap.js';
import { ROOT } from './manifests.js';

const installations = ['real', 'demo'] as const;

describe.each(installations)('compose, %s', (installation) => {
  const services = Object.entries(composed(installation));

  it('bounds the memory and the log of every container', () => {
    for (const [name, { mem_limit: limit = '', logging }] of services) {
      expect(limit, name).toMatch(/^\d+[mg]$/);
      expect(logging?.options, name).toMatchObject({ 'max-size': expect.any(String), 'max-file': expect.any(String) });
    }
  });

  it('gives every service twice the heap of the image', () => {
    const limits = services.filter(([, { command }]) =>
      /apps\/(capture|resolver|writer|status)\//.test(String(command)),
    );
    expect(limits).toHaveLength(4);
    for (const [name, { mem_limit: limit = '' }] of limits)
      expect(Number.parseInt(limit, 10), name).toBeGreaterThanOrEqual(2 * heapOfImage());
  });

  it('gives every container that stays five minutes to become healthy', () => {
    const stays = services.filter(([, { restart }]) => restart === 'unless-stopped');
    expect(stays.length).toBeGreaterThanOrEqual(7);
    for (const [name, { healthcheck = {} }] of stays)
      expect([name, healthcheck['start_period'], healthcheck['timeout']]).toEqual([name, '300s', '10s']);
  });

  it('gives no container a name or a port that a second one could not have', () => {
    for (const [name, service] of services) {
      expect(service, name).not.toHaveProperty('container_name');
      const ports = service.ports ?? [];
      expect(
        ports.every((port) => port.startsWith('127.0.0.1:${')),
        name,
      ).toBe(true);
    }
  });

  it('holds no password, and reads each from a file', () => {
    for (const [name, { environment = {} }] of services) {
      const secrets = Object.keys(environment).filter((variable) =>
        /PASSWORD|SECRET|DATABASE_URL|REDIS_URL/.test(variable),
      );
      expect(
        secrets.filter((variable) => !variable.endsWith('_FILE')),
        name,
      ).toEqual([]);
    }
    const [broker] = services.filter(([name]) => name === 'kafka').map(([, { environment = {} }]) => environment);
    expect(broker?.['KAFKA_LISTENER_SECURITY_PROTOCOL_MAP']).toContain('CLIENT:SASL_PLAINTEXT');
    expect(broker?.['KAFKA_LISTENERS']).toBe('CLIENT://:9092,CONTROLLER://127.0.0.1:9093');
  });
});

it.each(installations)('status holds nothing of Redis, %s', (installation) => {
  const all = Object.entries(composed(installation));
  const holders = (holds: (service: (typeof all)[number][1]) => boolean) =>
    all.filter(([, service]) => holds(service)).map(([name]) => name);
  expect(holders(({ environment = {} }) => 'REDIS_URL_FILE' in environment)).toEqual(['capture', 'resolver', 'writer']);
  expect(holders(({ volumes = [] }) => volumes.some((volume) => volume.startsWith('redis-passwords:')))).toEqual([
    'redis-passwords',
    'redis',
    'capture',
    'resolver',
    'writer',
  ]);
});

describe('the real installation', () => {
  const services = composed('real');

  it('names nothing of the simulator', () => {
    expect(textOf('docker-compose.yml').replaceAll('docker-compose.demo.yml', '')).not.toMatch(
      /simulator:|stand-in|7e57ab1e|demo/,
    );
    expect(textOf('.env.example')).not.toMatch(/simulator|stand-in|GRAPH_/);
  });

  it('hands every setting of .env to every service, and a folder of files to each', () => {
    for (const name of SERVICES) {
      expect(services[name]?.env_file, name).toEqual(['.env']);
      expect(services[name]?.volumes, name).toContain(`./secrets/${name}:/etc/collection-sync:ro`);
    }
  });

  it('keeps settings and secrets out of the repository and of the image', () => {
    for (const file of ['.gitignore', '.dockerignore'])
      expect(
        textOf(file)
          .split('\n')
          .map((line) => line.replace(/\/$/, '')),
        file,
      ).toEqual(expect.arrayContaining(['.env', 'secrets']));
    expect(Object.keys(exampleSettings())).toContain('ADMINSERVICE_URL');
  });
});

describe('the demo', () => {
  const services = Object.entries(composed('demo')).filter(([, service]) => isOurs(service));

  it('takes neither settings nor files of the real installation', () => {
    for (const [name, { env_file: settings = [], volumes = [] }] of services) {
      expect(settings, name).toEqual([]);
      expect(
        volumes.filter((volume) => volume.includes('./secrets')),
        name,
      ).toEqual([]);
    }
    const text = textOf('docker-compose.demo.yml');
    expect(text.match(/env_file:|^ {4}volumes: (?=.*passwords:)/gm)?.length).toBe(8);
    expect(text.match(/(env_file|volumes): !override/g)).toHaveLength(8);
  });

  it('has volumes of its own, and its world among them', () => {
    expect(textOf('docker-compose.demo.yml')).toMatch(/^name: collection-sync-demo$/m);
    expect(composed('demo')['simulator']).toMatchObject({
      command: expect.arrayContaining(['--keep', '/data/world.json']),
      volumes: ['simulator:/data'],
    });
  });
});

describe('the passwords', () => {
  let folder: string;
  const make = () => {
    for (const { command = [] } of Object.values(composed('real'))) {
      const [script = '', , ...stores] = command;
      if (script.endsWith('make-passwords.mjs'))
        execFileSync(process.execPath, [join(ROOT, script), folder, ...stores]);
    }
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'passwords-'));
    make();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are made once, different from each other, and kept', () => {
    const names = ['kafka-password', 'postgres-password', 'redis-password'];
    const before = names.map(read);
    expect(new Set(before).size).toBe(3);
    for (const password of before) expect(password).toMatch(/^[0-9a-f]{48}$/);
    make();
    expect(names.map(read)).toEqual(before);
    expect(statSync(join(folder, 'kafka-password')).mode & 0o777).toBe(0o444);
    expect(read('database-url')).toBe(`postgres://collsync:${read('postgres-password')}@postgres:5432/collsync`);
  });

  it('let in who has one at the broker of compose, and nobody else', async () => {
    const given = Object.entries(composed('real')['kafka']?.environment ?? {}).filter(
      ([name]) => name !== 'KAFKA_HEAP_OPTS',
    );
    const broker = await startKafkaWith(([port, controller]) =>
      Object.fromEntries(
        given.map(([name, value]) => [
          // as the image does: https://github.com/apache/kafka/blob/trunk/docker/examples/README.md
          name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'),
          String(value)
            .replaceAll('$$', '$')
            .replaceAll('/run/passwords', folder)
            .replace('://kafka:', '://127.0.0.1:')
            .replaceAll('9092', String(port))
            .replaceAll('9093', String(controller)),
        ]),
      ),
    );
    const topicsAs = async (sasl?: SASLOptions): Promise<string[]> => {
      const admin = new kafkajs.Kafka({
        brokers: [broker.address],
        ...(sasl ? { sasl } : {}),
        retry: { retries: 0 },
        logLevel: kafkajs.logLevel.NOTHING,
      }).admin();
      try {
        await admin.connect();
        return await admin.listTopics();
      } finally {
        await admin.disconnect();
      }
    };
    const as = (password: string): SASLOptions => ({ mechanism: 'plain', username: 'collsync', password });
    expect(await topicsAs(as(read('kafka-password')))).toEqual([]);
    await expect(topicsAs(as('collsync'))).rejects.toThrow('Invalid username or password');
    await expect(topicsAs()).rejects.toThrow();
  }, 120_000);

  it('let in who has one, with the rights of the guide, and nobody else', async () => {
    const server = await startRedis();
    const admin = new Redis(server.address);
    for (const line of read('redis-users.acl').trim().split('\n'))
      await admin.call('ACL', 'SETUSER', ...line.split(' ').slice(1));
    admin.disconnect();
    const url = new URL(read('redis-url'));
    url.host = new URL(server.address).host;
    const own = new Redis(url.href);
    expect(await own.set('collection-sync:x', '1')).toBe('OK');
    await expect(own.set('other', '1')).rejects.toThrow('NOPERM');
    own.disconnect();
    const nobody = new Redis(server.address, { enableReadyCheck: false });
    nobody.on('error', () => undefined);
    await expect(nobody.ping()).rejects.toThrow('NOAUTH');
    nobody.disconnect();
  });
});
