import { ControlClient, type AdminServiceSwitches, startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInstallation } from './check-installation.js';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
});
afterAll(() => simulator.close());

const TENANT = '7e57ab1e-0000-4000-8000-000000000001';

const finding = async (adminService: Partial<AdminServiceSwitches> = {}, what = 'site') => {
  await new ControlClient(simulator.controlUrl).switches({ adminService });
  const findings = await checkInstallation({
    ADMINSERVICE_URL: simulator.adminServiceUrl,
    ADMINSERVICE_AUTH: 'none',
    AZURE_TENANT_ID: TENANT,
    GRAPH_BASE_URL: simulator.graphUrl,
    GRAPH_STATIC_TOKEN: 'simulated',
  });
  return findings.find(({ check }) => check.startsWith(what));
};

it('counts the collections that the site shows', async () => {
  expect(await finding()).toMatchObject({ state: 'ok', detail: 'site ABC shows 11 collections' });
});

it.each(['noRole', 'noWmi'] as const)('names what an account without rights lacks (%s)', async (denied) => {
  expect(await finding({ 'rbac.denied': denied })).toMatchObject({
    state: 'failed',
    fix: expect.stringMatching(/administrative user.*SMS Admins.*ADMINSERVICE_URL/),
  });
});

it('compares what a collection states with what it shows', async () => {
  expect(await finding({ 'rbac.denied': 'no' }, 'members')).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/states (\d+) members and shows \1$/) as unknown,
  });
  expect(await finding({ 'data.staleCount': { ABC00014: 1, SMS00001: 1, SMSDM003: 1 } }, 'members')).toMatchObject({
    state: 'warning',
    fix: expect.stringContaining('scope') as unknown,
  });
});

it('tries the forms of questions, and names those that are refused', async () => {
  const healthy = { 'data.staleCount': {}, 'odata.refuse': [] };
  expect(await finding(healthy, 'questions')).toMatchObject({ state: 'ok' });
  expect(await finding({ ...healthy, 'odata.refuse': ['or', 'compare'] }, 'questions')).toMatchObject({
    state: 'warning',
    detail: expect.stringMatching(
      /comparisons or an order of SMS_R_System.*filters with or of SMS_R_System/,
    ) as unknown,
  });
  await finding(healthy);
});

it.each([
  [0, 'ok', /^the site is \d s (behind|ahead of) this machine$/],
  [50_000, 'ok', /ahead/],
  [90_000, 'warning', /^the site is (89|90|91) s ahead of this machine$/],
  [-90_000, 'warning', /^the site is (89|90|91) s behind this machine$/],
] as const)("compares the site's clock with ours: %d ms is %s", async (skew, state, detail) => {
  expect(await finding({ 'clock.skew': skew }, 'clock of the site')).toMatchObject({
    state,
    detail: expect.stringMatching(detail) as unknown,
  });
  await finding({ 'clock.skew': 0 });
});

it.each(['changes of', 'batches of'])('asks a tenant for what the services ask (%s)', async (what) => {
  expect(await finding({}, what)).toMatchObject({ state: 'ok' });
});

it('looks devices and users up by both meanings of their ids', async () => {
  expect(await finding({ 'rbac.denied': 'no' }, 'ids of devices')).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^of \d devices of the site, the tenant knows [1-9] by device id, 0 by object id$/),
  });
  await new ControlClient(simulator.controlUrl).send('POST', '/users', { name: 'Ann', userName: 'ann' });
  expect(await finding({}, 'ids of users')).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^of \d users of the site, the tenant knows [1-9] by object id, [1-9] by SID$/),
  });
});
