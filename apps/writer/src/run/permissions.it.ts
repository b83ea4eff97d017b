import { GraphTenants, MeteredGraph, NEEDS } from '@collection-sync/graph';
import { DOCUMENTED, tokenFor, type DocumentedRequest } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf, Harness, startWorld } from '../../test/writer-harness.js';

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
const DYNAMIC = { groupTypes: ['DynamicMembership'], membershipRule: 'device.x -eq "y"' };

/** The least permissions of the writer, of which those for what it can do without may be left out. */
const least = (optional: boolean): string[] =>
  NEEDS.filter(({ service, without }) => service === 'writer' && (optional || !without)).map(
    ({ any: [first] }) => first,
  );

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;

beforeAll(async () => {
  const groups = [{ members: [200] }, { members: [200] }, {}, {}, { traits: DYNAMIC }, { traits: DYNAMIC }, {}];
  world = await startWorld({ devices: 200, groups, simulator: { staticToken: false } });
  h = await Harness.start(world.sim);
});

afterAll(async () => {
  await h.close();
  await world.sim.close();
});

const useToken = (token: string): void => {
  const { tenantId: tenant, graphUrl: baseUrl } = world.sim;
  const tenants = new GraphTenants([{ tenant, baseUrl, credential: { kind: 'static-token', token } }]);
  Object.assign(h.writer, { graph: new MeteredGraph(tenants, h.writer.budget) });
};

const signInWith = async (roles: string[]): Promise<void> => useToken(await tokenFor(world.sim, roles));

const synchronise = async (group: number, adds: number[]): Promise<void> => {
  await h.first(await h.map({ group_: group }), adds);
  await h.converge();
};

const lookUps = async (): Promise<number[]> =>
  (await h.control.journal()).filter(({ url }) => url.includes('getByIds')).map(({ status }) => status);

it.each(NEEDS.filter(({ service, kind }) => !(service === 'writer' && kind === 'device')))(
  'for $purpose, every permission that is named is documented for $requests',
  ({ any, requests }) => {
    for (const request of requests)
      expect(DOCUMENTED[request as DocumentedRequest]).toEqual(expect.arrayContaining([...any]));
  },
);

describe('with exactly the documented permissions', () => {
  it('everything works, the look-up of what is added included', async () => {
    await signInWith(least(true));
    await synchronise(1, [...many(1, 150), 900]);
    expect(await h.members(1)).toEqual(many(1, 150));
    expect(new Set(await lookUps())).toEqual(new Set([200]));
    expect((await h.shown(1)).get('900')).toBe('failed ObjectNotFound');
    await synchronise(5, [1]);
    expect(await h.last('failed', 5)).toMatchObject({ code: 'GroupIsDynamic' });
  });

  it('of which the optional ones are missing, members are synchronised all the same', async () => {
    await signInWith(least(false));
    await synchronise(2, [...many(1, 150), 900]);
    expect(await h.members(2)).toEqual(many(1, 150));
    expect(new Set(await lookUps())).toEqual(new Set([200, 403]));
    expect((await h.shown(2)).get('900')).toBe('failed ObjectNotFound');
    await synchronise(6, [1]);
    expect(await h.last('failed', 6)).toMatchObject({ code: 'PermissionMissing' });
  });

  it('a group that is gone is noticed without the permission to look at it', async () => {
    await signInWith(least(false));
    await synchronise(3, [1, 2]);
    await world.control.send('DELETE', `/groups/${groupOf(3)}`);
    await synchronise(3, [1, 2, 3]);
    expect(await h.last('failed', 3)).toMatchObject({ code: 'GroupNotFound' });
  });

  it.each(NEEDS.filter(({ service, without }) => service === 'writer' && !without))(
    'but one, $any.0, the run says so',
    async ({ any }) => {
      await signInWith(least(true).filter((role) => !any.includes(role)));
      await synchronise(4, [1, 2]);
      expect((await h.last('failed', 4))?.code).toMatch(/PermissionMissing|GRAPH_PERMISSION_MISSING/);
      expect(await h.members(4)).toEqual([]);
      expect(await h.shown(4)).toEqual(new Map([1, 2].map((n) => [String(n), 'failed PermissionMissing'])));
    },
  );

  it('refused at sign-in, the run and every member say so, and all is well when it is let in again', async () => {
    await signInWith(least(true));
    await synchronise(7, [1, 2]);
    useToken('expired');
    await synchronise(7, [1, 2, 3]);
    expect(await h.last('failed', 7)).toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    expect((await h.shown(7)).get('3')).toBe('failed SignInRefused');
    await signInWith(least(true));
    await h.command('retry', { group_: 7 });
    await h.converge();
    expect(await h.shown(7)).toEqual(new Map([1, 2, 3].map((n) => [String(n), 'applied'])));
  });
});
