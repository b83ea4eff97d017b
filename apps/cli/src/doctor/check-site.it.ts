import { startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInstallation } from './check-installation.js';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  simulator = await startSimulator({ world: 'ten-step' });
});
afterAll(() => simulator.close());

const finding = async (adminService: Record<string, unknown> = {}) => {
  const answer = await fetch(`${simulator.controlUrl}/switches`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ adminService }),
  });
  expect(answer.status).toBe(200);
  const findings = await checkInstallation({ ADMINSERVICE_URL: simulator.adminServiceUrl, ADMINSERVICE_AUTH: 'none' });
  return findings.find(({ check }) => check === 'site');
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
