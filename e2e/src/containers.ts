import { SERVICES } from '@collection-sync/core';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from '@collection-sync/testing';
import { ApiClient } from './api-client.js';
import { playScenario } from './play-scenario.js';
import { SimulatorClient } from './simulator.js';
import { table } from './table.js';

// npm run test:containers, when docker compose has everything up: the demo synchronises, the ten steps through the published ports, and a
// change that arrives after the restart of each service, with two replicas of each, and after everything was taken down and started again.
// Exit code 1 when anything differs.

const DEVICES = ['DeviceA', 'DeviceB', 'DeviceC', 'DeviceD'];
const STORES_AND_SERVICES = [...SERVICES, 'redis', 'kafka', 'postgres'];

const run = promisify(execFile);
const compose = async (...args: string[]): Promise<string> => {
  const { stdout } = await run('docker', ['compose', ...args]);
  return stdout.trim();
};
const addressOf = async (service: string, port: number): Promise<string> =>
  `http://${await compose('port', service, String(port))}`;

const token = await compose(
  'exec',
  '-T',
  'status',
  '/nodejs/bin/node',
  '-p',
  "fs.readFileSync('/data/token', 'utf8').trim()",
);
const simulated = await addressOf('simulator', 8090);
const simulator = new SimulatorClient({
  adminServiceUrl: `${simulated}/AdminService`,
  graphUrl: `${simulated}/graph`,
  controlUrl: `${simulated}/control`,
  tenantId: '7e57ab1e-0000-4000-8000-000000000001',
});
// docker gives a restarted container the same published port
const url = await addressOf('status', 8080);
const api = new ApiClient(url, token);

const page = await fetch(`${url}/`);
console.log(`console: GET / ${page.status} ${page.headers.get('content-type')}`);

interface Rows {
  items: { collectionName: string; cloudSyncStatus: string; memberCount: number }[];
}
await eventually(
  async () => (await api.get<Rows>('/collections?limit=200')).items.some((row) => row.cloudSyncStatus === 'Success'),
  { deadline: 180_000, interval: 1_000, what: 'a collection of the demo in Success' },
);
console.log('demo: a collection is in Success');

const devicesMirrored = async (): Promise<number> => {
  const { items } = await api.get<{ items: { directory: { figures: { devices?: number } } | null }[] }>('/tenants');
  return items[0]?.directory?.figures.devices ?? 0;
};
const mirroredBefore = await devicesMirrored();
for (const name of DEVICES) await simulator.send('POST', '/devices', { name });
const { id: collection } = await simulator.send<{ id: string }>('POST', '/collections', {
  name: 'Collection1',
  members: ['DeviceB', 'DeviceC'],
});
await simulator.send('POST', '/groups', { displayName: 'Group1', members: ['DeviceA', 'DeviceB', 'DeviceC'] });
await eventually(() => api.get(`/collections/${collection}`), {
  deadline: 60_000,
  interval: 1_000,
  what: 'the collection',
});
await eventually(
  async () => {
    const { items } = await api.get<{ items: { groupName: string }[] }>(
      `/tenants/${simulator.addresses.tenantId}/groups?startsWith=Group1`,
    );
    return items.length > 0;
  },
  { deadline: 60_000, interval: 1_000, what: 'the group' },
);
// members without a record would make the first run empty the group, which is held
await eventually(async () => (await devicesMirrored()) >= mirroredBefore + DEVICES.length, {
  deadline: 180_000,
  interval: 1_000,
  what: 'the devices in the mirror of the directory',
});
const steps = await playScenario(
  { api, simulator },
  (step) => console.log(`step ${step.number}: ${step.action}`),
  collection,
);
const shown = steps.map((step) => [
  String(step.number),
  step.actor,
  step.action,
  step.collection.actual,
  step.group.expected,
  step.group.actual,
  step.ok ? 'ok' : 'DIFFERS',
]);
console.log(`\n${table(['step', 'actor', 'action', 'Collection1', 'Group1', 'actual', ''], shown)}\n`);

const isMember = async (): Promise<boolean> =>
  (await simulator.group('Group1')).members.some(({ name }) => name === 'DeviceC');
const changeArrives = async (after: string): Promise<void> => {
  const joins = !(await isMember());
  await simulator.editCollection(collection, joins ? { add: ['DeviceC'] } : { remove: ['DeviceC'] });
  await eventually(async () => (await isMember()) === joins, {
    deadline: 180_000,
    interval: 1_000,
    what: `a change after ${after}`,
  });
  console.log(`${after}: DeviceC ${joins ? 'joined' : 'left'} after it`);
};

for (const service of STORES_AND_SERVICES) {
  await compose('restart', service);
  await changeArrives(`restart of ${service}`);
}

const up = ['up', '--detach', '--no-build', '--wait', '--wait-timeout', '600'];
const replicas = SERVICES.flatMap((service) => ['--scale', `${service}=2`]);
await compose(...up, ...replicas, 'simulator', ...SERVICES);
await changeArrives('two replicas of each service');

const dump = await compose('exec', '-T', 'postgres', 'pg_dump', '--username=collsync', '--format=custom', 'collsync');

await compose('down', '--timeout', '30');
await compose(...up, 'simulator', ...SERVICES);
await changeArrives('down and up');

const refused = await compose('exec', '-T', 'redis', 'redis-cli', 'ping').catch((error: Error) => error.message);
console.log(`without a password Redis answers: ${refused}`);

const failed = steps.some((step) => !step.ok) || !page.ok || !refused.includes('NOAUTH') || !dump.startsWith('PGDMP');
console.log(
  failed
    ? '\nthe scenario failed'
    : '\nall ten steps as expected, and a change after each restart, with two replicas, and after down and up',
);
process.exit(failed ? 1 : 0);
