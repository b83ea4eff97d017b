import { ControlClient, startSimulator, tokenFor, type FaultInput, type Simulator } from '@collection-sync/simulator';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { outsideOf } from './environment.js';
import { GraphTenants } from './graph-tenants.js';

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({ staticToken: false });
});
afterEach(() => new ControlClient(sim.controlUrl).clearFaults());
afterAll(() => sim.close());

const fault = (what: Omit<FaultInput, 'face'>) => new ControlClient(sim.controlUrl).fault({ face: 'graph', ...what });

const graph = (token: string) => {
  const credential = { kind: 'static-token' as const, token };
  const [outside] = outsideOf(new GraphTenants([{ tenant: sim.tenantId, baseUrl: sim.graphUrl, credential }]));
  return outside!;
};
const check = (token: string) => graph(token).check(AbortSignal.timeout(20_000));

it('is named by its tenant, and asks for nothing that needs a permission', async () => {
  const token = await tokenFor(sim, []);
  expect(graph(token).name).toBe(`graph ${sim.tenantId}`);
  await expect(check(token)).resolves.toBeUndefined();
});

it.each([429, 403])('is there when it answers %i', async (status) => {
  await fault({ level: 'outer', status });
  await expect(check(await tokenFor(sim, []))).resolves.toBeUndefined();
});

it('is away when it answers 503, and refuses a sign-in with its reason', async () => {
  await expect(check('not a token')).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
  await fault({ level: 'outer', status: 503 });
  await expect(check(await tokenFor(sim, []))).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
});
