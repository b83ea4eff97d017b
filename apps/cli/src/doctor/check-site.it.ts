import { startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInstallation } from './check-installation.js';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
});
afterAll(() => simulator.close());

const TENANT = '7e57ab1e-0000-4000-8000-000000000001';

const finding = async (adminService: Record<string, unknown> = {}, what = 'site') => {
  const answer = await fetch(`${simulator.controlUrl}/switches`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ adminService }),
  });
  expect(answer.status).toBe(200);
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

it.each(['noRole', 'noWmi'])('names what an account without rights lacks (%s)', async (denied) => {
  expect(await finding({ 'rbac.denied': denied })).toMatchObject({
    state: 'failed',
    fix: expect.stringMatching(/administrative user.*SMS Admins.*ADMINSERVICE_URL/),
  });
});

it('looks devices up by both meanings of their id', async () => {
  expect(await finding({ 'rbac.denied': 'no' }, 'ids of devices')).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^of \d devices of the site, [1-9] are known by device id, 0 by object id$/),
  });
});
