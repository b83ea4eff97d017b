import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTopics, KafkaBus } from '@collection-sync/bus';
import { encodeEvent, TOPICS, type EventInput } from '@collection-sync/core';
import { silentLogger } from '@collection-sync/platform';
import { ControlClient, startSimulator, TENANT_ID } from '@collection-sync/simulator';
import { eventually, freePorts, freshDatabase, freshTopicPrefix, runProcess, services } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

let folder: string;
let url: string;
let simulator: Simulator;
let bus: KafkaBus;
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const log = silentLogger();

const at = new Date().toISOString();
const collection = (id: string, name: string, more: Partial<EventInput<typeof TOPICS.collection>> = {}) =>
  encodeEvent(
    TOPICS.collection,
    {
      collection: id,
      site: 'ABC',
      name,
      type: 'device',
      count: 2,
      state: 'ok',
      version: 1,
      changedAt: at,
      checkedAt: at,
      lastRead: null,
      lastComplete: null,
      sequence: Date.now(),
      ...more,
    },
    'test',
  );

const control = (method: string, path: string, body: unknown): Promise<Record<string, unknown>> =>
  new ControlClient(simulator.controlUrl).send(method, path, body);

interface Printed {
  code: number;
  out: string;
  err: string;
}

/** `collsync …` as a process of its own, with a home of its own. */
const collsync = (...args: string[]): Promise<Printed> =>
  new Promise((resolve) => {
    const env = { PATH: '', HOME: folder, XDG_CONFIG_HOME: folder, COLLSYNC_URL: url };
    execFile(process.execPath, [MAIN, ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collsync-'));
  simulator = await startSimulator({ world: 'ten-step' });
  for (const name of ['Twin', 'Twin', 'Other']) await control('POST', '/groups', { displayName: name });
  const { kafkaBrokers } = services();
  const topicPrefix = freshTopicPrefix();
  const kafka = { brokers: [kafkaBrokers], topicPrefix, log };
  await createTopics({ ...kafka, clientId: 'cli-test', partitions: 1 });
  bus = new KafkaBus({ ...kafka, clientId: 'cli-test' });
  await bus.publisher.publish([
    collection('ABC00014', 'Finance PCs'),
    collection('ABC00015', 'Sales PCs', {
      productRelations: [{ group: '99999999-0000-4000-8000-000000000001', groupName: 'Old' }],
    }),
    collection('ABC00016', 'Twins'),
    collection('ABC00017', 'Twins'),
  ]);
  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  const status = runProcess({
    file: 'apps/status/dist/main.js',
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      KAFKA_BROKERS: kafkaBrokers,
      KAFKA_TOPIC_PREFIX: topicPrefix,
      DATABASE_URL: await freshDatabase(),
      API_AUTH: 'token',
      API_TOKEN_FILE: join(folder, 'token'),
      AZURE_TENANT_ID: TENANT_ID,
      GRAPH_BASE_URL: simulator.graphUrl,
      GRAPH_STATIC_TOKEN: 'token',
    },
  });
  await status.answers(`${url}/health/ready`);
});
afterAll(async () => {
  await bus.close();
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('collsync', () => {
  it('says how to sign in to whoever has not', async () => {
    expect(await collsync('collections')).toMatchObject({
      code: 3,
      err: expect.stringContaining('collsync login') as string,
    });
  });

  it('keeps a sign-in for its owner only', async () => {
    const token = (await readFile(join(folder, 'token'), 'utf8')).trim();
    expect(await collsync('login', '--token', 'x'.repeat(40))).toMatchObject({ code: 3 });
    expect(await collsync('login', '--token', token)).toMatchObject({
      code: 0,
      err: expect.stringContaining('local (Admin)') as string,
    });
    expect((await stat(join(folder, 'collsync/config.json'))).mode & 0o777).toBe(0o600);
  });

  it('lists collections for people and for scripts', async () => {
    await eventually(async () => expect((await collsync('collections')).out).toContain('Finance PCs'), {
      interval: 500,
    });
    const { out, code } = await collsync('collections', '--search', 'sales', '-o', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([expect.objectContaining({ collectionId: 'ABC00015', groupId: null })]);
  });

  it('searches groups', async () => {
    const { out } = await collsync('groups', 'search', 'twi', '-o', 'json');
    expect((JSON.parse(out) as { groupName: string }[]).map(({ groupName }) => groupName)).toEqual(['Twin', 'Twin']);
  });

  it('refuses names that fit several', async () => {
    expect(await collsync('map', 'Finance PCs', 'Twin')).toMatchObject({
      code: 5,
      err: expect.stringContaining('fits several') as string,
    });
    expect(await collsync('map', 'Twins', 'Other')).toMatchObject({
      code: 5,
      err: expect.stringContaining('ABC00016, ABC00017') as string,
    });
    expect(await collsync('map', 'Nothing', 'Other')).toMatchObject({ code: 4 });
  });

  it('maps by name, after saying what it would do', async () => {
    const would = await collsync('map', 'Finance PCs', 'other', '--what-if');
    expect(would).toMatchObject({ code: 0, out: expect.stringContaining('would be mapped: Finance PCs') as string });
    expect((await collsync('collections', '--mapped', '-o', 'json')).out.trim()).toBe('[]');
    expect(await collsync('map', 'Finance PCs', 'other', '--interval', '600')).toMatchObject({
      code: 0,
      out: expect.stringContaining('mapped: Finance PCs') as string,
    });
    expect(await collsync('map', 'Sales PCs', 'Other')).toMatchObject({
      code: 5,
      err: expect.stringContaining('ABC00014') as string,
    });
  });

  it('sends commands to a target by the name of its group', async () => {
    expect(await collsync('sync', 'Other', '--full', '-o', 'json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"kind": "full"') as string,
    });
    expect((await collsync('pause', 'Other')).out).toContain('paused');
    expect(await collsync('sync', 'Other')).toMatchObject({
      code: 5,
      err: expect.stringContaining('Resume it first') as string,
    });
    expect((await collsync('resume', 'Finance PCs')).out).toContain('active');
  });

  it('shows the state of all, and why a resource is not there', async () => {
    const status = await collsync('status');
    expect(status.out).toContain('In Progress');
    const why = await collsync('why', 'Other', 'DeviceX', '--no-ask');
    expect(why.out).toContain('✔ mapped');
    expect(why.out).toContain('It is not in the group by this mapping');
  });

  it('finds nobody who is in no synchronised collection, and says so', async () => {
    expect(await collsync('find', 'NOBODY')).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('No synchronised collection names anybody') as string,
    });
    expect(JSON.parse((await collsync('find', 'NOBODY', '-o', 'json')).out)).toEqual([]);
  });

  it('makes the mappings those of a file, and shows the differences first', async () => {
    const file = join(folder, 'mappings.yaml');
    await writeFile(
      file,
      'mappings:\n  - collection: Sales PCs\n    group: Group1\n    policy: { guard: { maxRemovals: 5 }, disabledObjects: remove }\n',
    );
    const diff = await collsync('apply', '-f', file, '--dry-run', '--prune', 'leave', '--timeout', '1');
    expect(diff.code).toBe(10);
    expect(diff.out).toMatch(/^\+ Sales PCs \(ABC00015\) → Group1/m);
    expect(diff.out).toMatch(/^- Finance PCs \(ABC00014\) → Other/m);
    expect(diff.out).toContain('members: Not known. The preview');
    expect(await collsync('apply', '-f', file, '--prune', 'leave')).toMatchObject({ code: 0 });
    expect(await collsync('apply', '-f', file, '--dry-run', '--prune', 'leave')).toMatchObject({ code: 0 });
    const asIs = await collsync('get', 'mappings', '-o', 'yaml');
    expect(asIs.out).toContain('disabledObjects: remove');
    await writeFile(file, asIs.out);
    expect(await collsync('apply', '-f', file, '--dry-run', '--prune', 'leave')).toMatchObject({ code: 0 });
    await writeFile(file, 'mappings:\n  - colection: Sales PCs\n');
    expect(await collsync('apply', '-f', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('mappings.0') as string,
    });
  });

  it('lists what the product synchronises, and says why it cannot be taken over', async () => {
    expect((await collsync('import', '--dry-run')).out).toContain('ABC00015');
    expect(await collsync('import')).toMatchObject({ code: 5, out: expect.stringContaining('has no group') as string });
  });

  it('exports with the product’s titles', async () => {
    const { out } = await collsync('export');
    expect(out.split('\n')[0]).toContain('Collection Id,Collection Name,Microsoft Entra group Id');
    const file = join(folder, 'rows.json');
    expect(await collsync('export', '--format', 'json', '--out', file)).toMatchObject({ code: 0 });
    expect((JSON.parse(await readFile(file, 'utf8')) as unknown[]).length).toBeGreaterThan(3);
  });

  it('examines the installation and says what to do', async () => {
    const { out, code } = await collsync('doctor', '-o', 'json');
    const findings = JSON.parse(out) as { check: string; state: string; fix?: string }[];
    expect(code).toBe(0);
    expect(findings.find(({ check }) => check === 'service')).toMatchObject({ state: 'ok' });
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({ state: 'ok' });
    expect(findings.filter(({ state }) => state === 'not checked')).toHaveLength(4);
  });

  it('tells apart a wrong command line and a service that is away', async () => {
    expect(await collsync('nonsense')).toMatchObject({ code: 2 });
    expect(await collsync('map')).toMatchObject({ code: 2 });
    expect(await collsync('collections', '--url', 'http://127.0.0.1:1', '--token', 'x')).toMatchObject({ code: 6 });
    expect(await collsync('logout')).toMatchObject({ code: 0 });
    expect(await collsync('collections')).toMatchObject({ code: 3 });
  });
});
