import { SERVICES, type ServiceName } from '@collection-sync/core';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import {
  eventually,
  freshTopicPrefix,
  pathWithPostgresClients,
  runProcess,
  startPostgres,
  type RunningProcess,
} from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from './api-client.js';
import { ROOT } from './deploy/manifests.js';
import { whenStarted, type Environment } from './installation.js';
import { startSystem, type DistributedSystem } from './system.js';

// The commands of "Backup and restore" in docs/operations.md, as they stand there, on a database that is lost for real.

const GUIDE = join(ROOT, 'docs/operations.md');
const PEOPLE = Array.from({ length: 30 }, (_, at) => `PC-${String(at).padStart(2, '0')}`);
const NO_LIMITS = { guard: { maxRemovals: 1_000_000, maxShare: 1, neverEmptyFrom: 1_000_000 } };

const PASSWORD = 'given-by-the-test';

/** The database as the documented account of a program. */
const accountOf = (program: string): string => {
  const url = new URL(database);
  url.username = `collsync_${program}`;
  url.password = PASSWORD;
  return url.href;
};

interface Pair {
  readonly collection: string;
  readonly group: string;
}

let system: DistributedSystem;
let folder: string;
let database: string;
let shell: Environment;
/** other than the system was started with */
let changed: Environment = {};
const running = new Map<ServiceName, RunningProcess>();

beforeAll(async () => {
  const server = await startPostgres();
  const url = new URL(server.address);
  url.pathname = '/collsync';
  database = url.href;
  folder = await mkdtemp(join(tmpdir(), 'restore-'));
  await writeFile(
    join(folder, 'collsync'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'apps/cli/dist/main.js')}' "$@"\n`,
  );
  await chmod(join(folder, 'collsync'), 0o755);
  shell = {
    PATH: `${folder}${delimiter}${await pathWithPostgresClients()}`,
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    ADMIN_URL: url.href,
    DATABASE_URL: accountOf('migrate'),
    SERVER_URL: server.address,
  };
  await symlink(join(ROOT, 'deploy'), join(folder, 'deploy'));
  await sh(`psql --command='create database collsync' "$SERVER_URL"`);
  await sh('psql --file=deploy/postgres/roles.sql "$ADMIN_URL"');
  for (const role of ['migrate', ...SERVICES])
    await sh(`psql --command="alter role collsync_${role} password '${PASSWORD}'" "$ADMIN_URL"`);
  await migrated();
  system = await startSystem('distributed', { own: (program) => ({ DATABASE_URL: accountOf(program) }) });
  for (const name of PEOPLE) await system.simulator.send('POST', '/devices', { name });
}, 400_000);

afterAll(async () => {
  await Promise.all([...running.values()].map((each) => each.stop()));
  await system?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const sh = async (command: string): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder, env: shell });
  return `${stdout}${stderr}`.trim();
};

const processOf = (service: ServiceName): RunningProcess => running.get(service) ?? system.processes[service];

const stopped = async (services: readonly ServiceName[]): Promise<void> => {
  await Promise.all(services.map((service) => processOf(service).stop()));
};

const started = async (services: readonly ServiceName[]): Promise<void> => {
  for (const service of services) running.set(service, system.installation.run(service, changed));
  await Promise.all(services.map((service) => whenStarted(service, processOf(service))));
};

const migrated = async (): Promise<void> => {
  const ran = runProcess({ file: 'apps/migrate/dist/main.js', env: { DATABASE_URL: accountOf('migrate') } });
  const { code } = await ran.exited;
  expect(code, ran.tail()).toBe(0);
};
const topicsMade = (): Promise<void> => system.installation.createTopics(changed);

const api = async (): Promise<ApiClient> =>
  new ApiClient((await whenStarted('status', processOf('status'))).url, system.api.token);

/** What an orchestrator does to our processes. */
const kubectl = async (command: string): Promise<void> => {
  const [, services = '', replicas] =
    /^kubectl --namespace collection-sync scale deployment ([a-z ]+) --replicas=(\d)$/.exec(command) ?? [];
  const named = services.split(' ') as ServiceName[];
  if (replicas === '0') await stopped(named);
  else if (replicas !== undefined) await started(named);
  else {
    expect(command).toMatch(/^kubectl apply -k/);
    await topicsMade();
    await migrated();
  }
};

/** Runs the commands below a heading of the guide one after the other. */
const follow = async (heading: string): Promise<void> => {
  const guide = await readFile(GUIDE, 'utf8');
  const below = guide.slice(guide.indexOf(`### ${heading}\n`));
  const [, block = ''] = /```sh\n(.*?)```/s.exec(below) ?? [];
  const commands = block.trim().split('\n');
  expect(commands[0], heading).not.toBe('');
  for (const command of commands) {
    shell = { ...shell, COLLSYNC_URL: (await api()).url, COLLSYNC_TOKEN: system.api.token };
    const said = command.startsWith('kubectl') ? await kubectl(command) : await sh(command);
    console.log(`$ ${command}${said ? `\n${said}` : ''}`);
  }
};

const mapped = async (name: string, members: readonly string[]): Promise<Pair> => {
  const { simulator } = system;
  const { id } = await simulator.send<{ id: string }>('POST', '/collections', { name, members });
  const group = await simulator.send<{ id: string }>('POST', '/groups', { displayName: name });
  await eventually(async () => (await api()).get(`/collections/${id}`), {
    deadline: 60_000,
    what: `the collection ${name}`,
  });
  const { tenantId } = simulator.addresses;
  await (await api()).post('/mappings', { tenantId, groupId: group.id, collectionId: id, policy: NO_LIMITS });
  return { collection: id, group: group.id };
};

const namesIn = (members: readonly { name: string | null }[]): string[] => members.map(({ name }) => name ?? '').sort();

/** Every group has the members of its collection, and operators are told so. */
const equal = async (pairs: readonly Pair[]): Promise<void> => {
  const { simulator } = system;
  for (const { collection, group } of pairs)
    await eventually(
      async () => {
        const wanted = namesIn((await simulator.collection(collection)).members);
        expect(namesIn((await simulator.group(group)).members)).toEqual(wanted);
        const { row } = await (await api()).get<{ row: object }>(`/targets/${simulator.addresses.tenantId}/${group}`);
        expect(row).toMatchObject({ cloudSyncStatus: 'Success', memberCount: wanted.length });
        return true;
      },
      { deadline: 120_000, interval: 250 },
    );
};

const stateOf = async ({ group }: Pair): Promise<string> =>
  (await (await api()).get<{ state: string }>(`/mappings/${system.simulator.addresses.tenantId}/${group}`)).state;

it('a lost database is restored from a dump: every group equals its collection again', async () => {
  const { simulator } = system;
  const { tenantId } = simulator.addresses;
  const some = (from: number, to: number): string[] => PEOPLE.slice(from, to);
  const kept = await mapped('Kept', some(0, 10));
  const paused = await mapped('Paused later', some(5, 15));
  await equal([kept, paused]);
  await follow('Back up');

  await simulator.editCollection(kept.collection, { add: some(20, 24), remove: some(0, 3) });
  await equal([kept]);
  // these joined and left since the backup: nothing in it names them
  await simulator.editCollection(kept.collection, { remove: some(20, 22) });
  const younger = await mapped('Younger than the backup', some(10, 20));
  await equal([kept, younger]);
  await (await api()).post(`/mappings/${tenantId}/${paused.group}/pause`);

  await simulator.editCollection(kept.collection, { add: some(28, 30), remove: some(22, 23) });
  await follow('Restore the database');

  expect(await stateOf(paused)).toBe('paused');
  await equal([kept, younger]);
  await (await api()).post(`/mappings/${tenantId}/${paused.group}/resume`);
  await equal([kept, paused, younger]);

  // the writer alone
  await follow('Back up');
  await simulator.editCollection(kept.collection, { add: some(20, 22), remove: some(28, 29) });
  await equal([kept]);
  await simulator.editCollection(kept.collection, { remove: some(20, 22) });
  await follow('Restore one service');
  await equal([kept, paused, younger]);

  // no backup at all
  await simulator.editCollection(kept.collection, { add: some(24, 26), remove: some(5, 7) });
  await follow('Without a backup');
  await equal([kept, paused, younger]);

  // Kafka is lost with its topics and groups
  await stopped(SERVICES);
  changed = { KAFKA_TOPIC_PREFIX: freshTopicPrefix() };
  await topicsMade();
  await simulator.editCollection(kept.collection, { add: some(26, 28), remove: some(7, 9) });
  await started(SERVICES);
  await equal([kept, paused, younger]);
}, 600_000);
