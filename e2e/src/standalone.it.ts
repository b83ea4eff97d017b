import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, makeCertificate, runProcess } from '@collection-sync/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Simulator } from './simulator.js';
import { readyStandalone } from './system.js';

const MAIN = 'apps/standalone/dist/main.js';
const GROUP = 'Group1';
const COLLECTION = 'ABC00014';
/** enough calls that a kill lands among them: 20 binds a PATCH, 5 PATCHes a call */
const DEVICES = Array.from({ length: 1_200 }, (_, index) => `PC${String(index).padStart(4, '0')}`);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standalone-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a wrong environment is named before anything starts, and nothing is left running', async () => {
  const refused = runProcess({
    file: MAIN,
    env: {
      DATA_DIR: folder,
      PORT: '0',
      ADMINSERVICE_URL: 'https://cm01.contoso.com/AdminService',
      AZURE_TENANT_ID: 'contoso',
    },
  });
  expect(await refused.exited).toMatchObject({ code: 1 });
  expect(refused.tail()).toContain('AZURE_TENANT_ID');
  expect(await readdir(folder)).toEqual([]);
});

/** A process in which a package is not installed. */
const without = (name: string): string => {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) => { if (name === '${name}') throw new Error('no ' + name); return next(name, context); } });`;
  return `--import=data:text/javascript,${encodeURIComponent(hooks)}`;
};

it('a machine without Kerberos is told what it lacks before anything starts', async () => {
  const refused = runProcess({
    file: MAIN,
    env: {
      DATA_DIR: folder,
      PORT: '0',
      NODE_OPTIONS: without('koffi'),
      ADMINSERVICE_URL: 'https://cm01.contoso.com/AdminService',
      ADMINSERVICE_AUTH: 'negotiate',
      AZURE_TENANT_ID: '9b2e0000-0000-4000-8000-000000000001',
      AZURE_CLIENT_ID: '9b2e0000-0000-4000-8000-000000000002',
      AZURE_CLIENT_SECRET: 'secret',
    },
  });
  expect(await refused.exited).toMatchObject({ code: 1 });
  expect(refused.tail()).toMatch(/ADMINSERVICE_AUTH=negotiate needs .*libgssapi-krb5-2.*container image/);
  expect(await readdir(folder)).toEqual([]);
});

it('serves a team by TLS, who sign in with their own accounts: there is no token', async () => {
  const { cert, key } = await makeCertificate();
  const standalone = runProcess({
    file: MAIN,
    env: {
      DATA_DIR: folder,
      PORT: '0',
      API_AUTH: 'oidc',
      OIDC_ISSUER: 'https://login.example.com/tenant/v2.0',
      OIDC_AUDIENCE: 'collection-sync',
      TLS_CERT: cert,
      TLS_KEY: key,
    },
  });
  const url = new URL((await standalone.line(/Collection Sync is ready: /, 90_000)).split(' ').at(-1) ?? '');
  expect(url.protocol).toBe('https:');
  const answer = await new Promise<string>((resolve, reject) =>
    get(new URL('/api/v1/sign-in', url), { ca: cert, checkServerIdentity: () => undefined }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    }).on('error', reject),
  );
  expect(JSON.parse(answer)).toMatchObject({ mode: 'oidc', issuer: 'https://login.example.com/tenant/v2.0' });
  expect(await readdir(folder)).not.toContain('token');
  expect(await standalone.stop()).toMatchObject({ code: 0 });
});

it('a half certificate, or a provider without its audience, is named before anything starts', async () => {
  const refused = runProcess({
    file: MAIN,
    env: { DATA_DIR: folder, PORT: '0', API_AUTH: 'oidc', OIDC_ISSUER: 'https://login.example.com', TLS_CERT: 'x' },
  });
  expect(await refused.exited).toMatchObject({ code: 1 });
  for (const name of ['OIDC_AUDIENCE', 'TLS_KEY']) expect(refused.tail()).toContain(name);
  expect(await readdir(folder)).toEqual([]);
});

it('killed in the middle of a run, it takes over the database that was left running and finishes the run', async () => {
  const simulator = await Simulator.start('ten-step');
  const { addresses } = simulator;
  for (const name of DEVICES) await simulator.send('POST', '/devices', { name, joined: 'both' });
  await simulator.editCollection(COLLECTION, { add: DEVICES });
  // each call to Graph takes a while, so that the kill finds one under way
  await simulator.send('POST', '/faults', {
    face: 'graph',
    method: 'POST',
    url: 'batch',
    level: 'outer',
    delayMs: 400,
  });
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    SOURCE_TICK_SECONDS: '1',
    DIRECTORY_POLL_SECONDS: '1',
    NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
    // the two addresses alone: tenant and credential are the stand-in's
    ADMINSERVICE_URL: addresses.adminServiceUrl,
    GRAPH_BASE_URL: addresses.graphUrl,
  };
  const first = runProcess({ file: MAIN, env });
  const groupId = (await simulator.group(GROUP)).id;
  await (
    await readyStandalone(first)
  ).post('/mappings', { tenantId: addresses.tenantId, groupId, collectionId: COLLECTION, collectionType: 'device' });
  await eventually(async () => (await simulator.group(GROUP)).members.length > 200, {
    deadline: 60_000,
    what: 'the run to be under way',
  });
  await first.kill();
  expect((await simulator.group(GROUP)).members.length).toBeLessThan(1_000);

  const second = runProcess({ file: MAIN, env });
  await second.line(/PostgreSQL was still running/, 60_000);
  const api = await readyStandalone(second);
  await eventually(async () => (await simulator.group(GROUP)).members.length === DEVICES.length + 2, {
    deadline: 120_000,
    what: 'all members to be in the group',
  });
  const members = (await simulator.group(GROUP)).members.map((member) => member.name).sort();
  expect(members).toEqual(['DeviceB', 'DeviceC', ...DEVICES]);
  await eventually(
    async () =>
      expect((await api.get<{ row: object }>(`/targets/${addresses.tenantId}/${groupId}`)).row).toMatchObject({
        cloudSyncStatus: 'Success',
        syncCompleted: DEVICES.length + 2,
      }),
    { deadline: 60_000 },
  );
  await second.stop();
}, 300_000);

it('without any variable it simulates a site and synchronises a first collection by itself', async () => {
  const standalone = runProcess({
    file: MAIN,
    env: { PORT: '0', DATA_DIR: folder, NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning' },
  });
  const api = await readyStandalone(standalone);
  await eventually(
    async () => {
      const { items } = await api.get<{ items: { cloudSyncStatus: string | null; memberCount: number }[] }>(
        '/collections?status=Success',
      );
      return items.some((item) => item.memberCount > 0);
    },
    { deadline: 60_000, what: 'a collection with the status Success' },
  );
  await standalone.stop();
}, 180_000);

it('lists every wrong variable by its name, never its value, and does not start', async () => {
  const standalone = runProcess({
    file: MAIN,
    env: { DATA_DIR: folder, PORT: 'eighty', LOG_LEVEL: 'loud', ADMINSERVICE_URL: 'ftp://secret-host' },
  });
  expect((await standalone.exited).code).toBe(1);
  const printed = standalone.lines.join('\n');
  expect(printed).toMatch(/PORT: must be a port/);
  expect(printed).toMatch(/LOG_LEVEL: must be/);
  expect(printed).not.toMatch(/eighty|loud|secret-host/);
}, 60_000);
