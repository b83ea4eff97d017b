import { GraphTenants, MeteredGraph, NEEDS } from '@collection-sync/graph';
import { Health, silentLogger } from '@collection-sync/platform';
import { InProcessBudget } from '@collection-sync/redis';
import { expect, it } from 'vitest';
import { watchPermissions } from './watch-permissions.js';

const TENANT = '7e57ab1e-0000-4000-8000-000000000001';

/** A token as Entra makes them, as far as it is read here. */
const tokenWith = (roles: readonly string[]): string =>
  ['{}', JSON.stringify({ roles }), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

const shownFor = async (token: string) => {
  const tenants = new GraphTenants([
    { tenant: TENANT, baseUrl: 'https://graph.invalid', credential: { kind: 'static-token', token } },
  ]);
  const graph = new MeteredGraph(tenants, new InProcessBudget((tenant) => tenants.budget(tenant)));
  const health = new Health();
  await watchPermissions({ graph, health, log: silentLogger() });
  return health.report().parts[`permissions ${TENANT}`];
};

const every = [...new Set(NEEDS.map(({ any: [least] }) => least))];
const least = ['Device.Read.All', 'User.Read.All', 'GroupMember.ReadWrite.All', 'Device.ReadWrite.All'];

it('has nothing to say of an application with every permission', async () => {
  const part = await shownFor(tokenWith(every));
  expect(part?.state).toBe('ok');
  expect(part?.detail).toBeUndefined();
});

it('names each permission that is missing once, with everything that it costs, and stays well', async () => {
  const part = await shownFor(tokenWith(least));
  expect(part?.state).toBe('ok');
  const missing = NEEDS.filter(
    ({ service, any, without }) => service === 'status' && without && any.every((role) => !least.includes(role)),
  );
  expect(missing.length).toBeGreaterThan(0);
  for (const { any, without } of missing) {
    expect(part?.detail?.split(`Without ${any[0]},`)).toHaveLength(2);
    expect(part?.detail).toContain(without);
  }
});

it('leaves the permissions of the writer to the writer', async () => {
  const part = await shownFor(tokenWith(['Group.Read.All', 'GroupMember.ReadWrite.All']));
  expect(part?.detail).toBeUndefined();
});

it('says nothing of a token that does not tell its permissions', async () => {
  expect(await shownFor('opaque')).toBeUndefined();
});
