import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlClient, startSimulator, tokenFor, type Simulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentialEnd } from './credential-end.js';
import { GraphTenants } from './graph-tenants.js';

const CLIENT = 'c0113c75-0000-4000-8000-00000000000a';
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const SECRETS = [
  { value: 'abc-ended', expiresAt: inDays(-1) },
  { value: 'abc-first', expiresAt: inDays(10) },
  { value: 'abc-second', expiresAt: inDays(400) },
  { value: 'xyz-other', expiresAt: inDays(5) },
];

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({ staticToken: false, apps: [{ clientId: CLIENT, secrets: SECRETS }] });
});
afterAll(() => sim.close());

const endOf = async (given: { secret: string } | { secretFile: string }, roles: string[]) => {
  const credential = { kind: 'static-token' as const, token: await tokenFor(sim, roles) };
  const tenants = new GraphTenants([{ tenant: sim.tenantId, baseUrl: sim.graphUrl, credential }]);
  return credentialEnd({ kind: 'secret', clientId: CLIENT, ...given }, tenants.client(sim.tenantId));
};
const asked = async () =>
  (await new ControlClient(sim.controlUrl).journal()).filter(({ url }) => url.includes('/applications(')).length;

it.each([
  ['of several that begin alike the first that has not ended', 'abc-second', SECRETS[1]],
  ['its own where no other begins alike', 'xyz-other', SECRETS[3]],
  ['nothing where none begins so', 'not in the registration', undefined],
])('of a client secret: %s', async (_, secret, expected) => {
  const end = await endOf({ secret }, ['Directory.Read.All']);
  expect((await end())?.toISOString()).toBe(expected?.expiresAt);
});

it('is asked for once, and anew for another secret in the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secret-'));
  const secretFile = join(folder, 'client-secret');
  await writeFile(secretFile, 'abc-first\n');
  const end = await endOf({ secretFile }, ['Application.Read.All']);
  const before = await asked();
  expect((await end())?.toISOString()).toBe(SECRETS[1]?.expiresAt);
  await end();
  expect(await asked()).toBe(before + 1);
  await writeFile(secretFile, 'xyz-other\n');
  expect((await end())?.toISOString()).toBe(SECRETS[3]?.expiresAt);
  await rm(folder, { recursive: true });
});

it('is not told to an application that may not read its registration, which is not asked for again at once', async () => {
  const end = await endOf({ secret: 'abc-first' }, ['GroupMember.ReadWrite.All']);
  const before = await asked();
  expect([await end(), await end()]).toEqual([undefined, undefined]);
  expect(await asked()).toBe(before + 1);
});
