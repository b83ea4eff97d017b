import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../start-simulator.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { tokenFor } from '../control/token-for.js';
import { deviceId, GROUP, groupId, objectId, tenant, userId } from '../test-support/worlds.js';
import type { WorldInput } from '../world/world-spec.js';
import type { GraphSwitches } from './graph-switches.js';

let sim: Simulator;
let graph: GraphHttp;
let control: ControlClient;

const SERVICE_PRINCIPAL = '5b000000-0000-4000-8000-000000000001';
const ADVANCED = { ConsistencyLevel: 'eventual' };
const MORE: WorldInput = {
  users: [
    { name: 'Ann', userName: 'ann', objectId: userId(1), sid: 'S-1-5-21-1-2-3-1001' },
    { name: 'Bob', userName: 'bob', objectId: userId(2), sid: 'S-1-5-21-1-2-3-1002', identity: 'sid' },
  ],
  servicePrincipals: [{ id: SERVICE_PRINCIPAL, appId: '5b000000-0000-4000-8000-000000000002', displayName: 'App' }],
};

async function start(
  switches: Partial<GraphSwitches> = {},
  devices = 250,
  options: SimulatorOptions = {},
  more = MORE,
): Promise<void> {
  sim = await startSimulator({ world: tenant(devices, more), graph: switches, ...options });
  graph = new GraphHttp(sim.graphUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const names = (n: number) => Array.from({ length: n }, (_, i) => `PC${i + 1}`);
const memberIds = async (headers = {}) =>
  (await graph.all(`/groups/${GROUP}/members?$select=id`, headers)).map((member) => member.id);

describe('stale app-only reads; staler advanced index (readLagMs, indexLagMs)', () => {
  it('a listing shows a write and a removal only after the lag; the index even later', async () => {
    await start({ readLagMs: 10_000, indexLagMs: 60_000 });
    const indexed = async () => (await graph.get(`/groups/${GROUP}/members?$count=true`, ADVANCED)).body.value.length;
    await graph.bind(GROUP, [objectId(1), objectId(2)]);
    expect(await memberIds()).toEqual([]);
    await control.advance(10);
    expect(await memberIds()).toEqual([objectId(1), objectId(2)]);
    expect(await indexed()).toBe(0);
    await graph.remove(GROUP, objectId(1));
    expect(await memberIds()).toEqual([objectId(1), objectId(2)]);
    await control.advance(60);
    expect(await memberIds()).toEqual([objectId(2)]);
    expect(await indexed()).toBe(1);
  });

  it('writes themselves are judged by the true state', async () => {
    await start({ readLagMs: 60_000 });
    await graph.add(GROUP, objectId(1));
    expect((await graph.add(GROUP, objectId(1))).status).toBe(400);
    expect((await graph.remove(GROUP, objectId(1))).status).toBe(204);
  });
});

describe('v1.0 hides service principals; unreadable types masked (hideServicePrincipals, maskTypes)', () => {
  it('v1.0 leaves them out of the members, beta shows them', async () => {
    await start();
    await control.editGroup(GROUP, { add: [SERVICE_PRINCIPAL, 'PC1'] });
    expect(await memberIds()).toEqual([objectId(1)]);
    const beta = await graph.get(`${sim.graphUrl}/beta/groups/${GROUP}/members?$select=id`);
    expect(beta.body.value).toHaveLength(2);
  });

  it('what the index answers shows them: the cast, the count, the listing of an advanced query', async () => {
    await start();
    await control.editGroup(GROUP, { add: [SERVICE_PRINCIPAL, 'PC1'] });
    const advanced = { ConsistencyLevel: 'eventual' };
    const members = `/groups/${GROUP}/members`;
    const ids = async (path: string) => (await graph.get(path, advanced)).body.value.map(({ id }) => id);
    expect(await ids(`${members}/microsoft.graph.servicePrincipal?$select=id&$count=true`)).toEqual([
      SERVICE_PRINCIPAL,
    ]);
    expect(await ids(`${members}?$select=id&$count=true`)).toHaveLength(2);
    expect((await graph.get(`${members}/$count`, advanced)).body).toBe(2);
  });

  it('off: v1.0 shows them', async () => {
    await start({ hideServicePrincipals: false });
    await control.editGroup(GROUP, { add: [SERVICE_PRINCIPAL, 'PC1'] });
    expect(await memberIds()).toHaveLength(2);
  });

  it('members of a type that the caller cannot read have id and type only', async () => {
    await start();
    await control.editGroup(GROUP, { add: ['PC1'] });
    const caller = new GraphHttp(sim.graphUrl, await tokenFor(sim, ['GroupMember.Read.All']));
    const path = `/groups/${GROUP}/members`;
    expect((await caller.get(path)).body.value).toEqual([
      { '@odata.type': '#microsoft.graph.device', id: objectId(1) },
    ]);
    await control.switches({ graph: { maskTypes: false } });
    expect((await caller.get(path)).body.value[0]).toMatchObject({ displayName: 'PC1', deviceId: deviceId(1) });
  });
});

describe('paging 100/999, opaque links, dead token after retried page (pageTokenFault)', () => {
  it('pages of 100 by default, 999 at most, every row once', async () => {
    await start({}, 2100);
    await control.editGroup(GROUP, { add: names(2100) });
    const first = await graph.get(`/groups/${GROUP}/members`);
    expect(first.body.value).toHaveLength(100);
    const all = await graph.all(`/groups/${GROUP}/members?$select=id&$top=999`);
    expect(new Set(all.map((member) => member.id)).size).toBe(2100);
    expect(all).toHaveLength(2100);
    expect((await graph.get(`/groups/${GROUP}/members?$top=1000`)).status).toBe(400);
    expect((await graph.all('/devices?$select=id,deviceId&$top=999')).length).toBe(2100);
  });

  it('a link is good for its own listing only', async () => {
    await start();
    await control.editGroup(GROUP, { add: names(150) });
    const { body } = await graph.get(`/groups/${GROUP}/members?$select=id`);
    expect(body['@odata.nextLink']).toMatch(/\$select=id&\$skiptoken=[\w-]+$/);
    const token = body['@odata.nextLink']!.split('$skiptoken=')[1]!;
    expect((await graph.get(`/devices?$skiptoken=${token}`)).status).toBe(400);
    expect((await graph.get(`/groups/${GROUP}/members?$select=id&$skiptoken=made-up`)).status).toBe(400);
  });

  it('members that join or leave while paging repeat or hide no other', async () => {
    await start();
    await control.editGroup(GROUP, { add: names(200) });
    const { body } = await graph.get(`/groups/${GROUP}/members?$select=id`);
    await control.editGroup(GROUP, { remove: ['PC1', 'PC2'], add: ['PC250'] });
    const rest = (await graph.all(body['@odata.nextLink']!)).map((member) => member.id);
    expect(rest).toEqual([...Array.from({ length: 100 }, (_, i) => objectId(101 + i)), objectId(250)]);
  });

  it('a page can be made to fail, by number and attempt', async () => {
    await start();
    await control.fault({ face: 'graph', url: '^/devices', page: 2, times: 1, status: 503 });
    const { body } = await graph.get('/devices?$select=id');
    expect((await graph.get(body['@odata.nextLink']!)).status).toBe(503);
    expect((await graph.get(body['@odata.nextLink']!)).status).toBe(200);
  });

  it('$skip is refused', async () => {
    await start();
    expect((await graph.get('/devices?$skip=10')).status).toBe(400);
    expect((await graph.get(`/groups/${GROUP}/members?$skip=10`)).status).toBe(400);
  });

  it('the link of a page that was fetched twice is dead', async () => {
    await start({ pageTokenFault: true });
    await control.editGroup(GROUP, { add: names(250) });
    const first = await graph.get(`/groups/${GROUP}/members?$select=id`);
    const second = await graph.get(first.body['@odata.nextLink']!);
    const retried = await graph.get(first.body['@odata.nextLink']!);
    expect((await graph.get(retried.body['@odata.nextLink']!)).status).toBe(400);
    expect((await graph.get(second.body['@odata.nextLink']!)).status).toBe(200);
  });
});

describe('15-clause cap; deviceId `in`; alternate key read and bind', () => {
  const or = (n: number) => Array.from({ length: n }, (_, i) => `deviceId eq '${deviceId(i + 1)}'`).join(' or ');
  const filtered = (filter: string, more = '', headers = {}) =>
    graph.get(`/devices?$select=id&$filter=${encodeURIComponent(filter)}${more}`, headers);

  it('refuses 16 clauses and takes 15', async () => {
    await start();
    expect((await filtered(or(15))).body.value).toHaveLength(15);
    const reply = await filtered(or(16));
    expect([reply.status, reply.body.error]).toMatchObject([
      400,
      {
        code: 'Request_UnsupportedQuery',
        message: expect.stringContaining("expression containing 'OR' operators: 16. Max allowed: 15"),
      },
    ]);
  });

  it('the advanced-query header lifts the cap', async () => {
    await start();
    const reply = await filtered(or(16), '&$count=true', ADVANCED);
    expect([reply.status, reply.body.value.length, reply.body['@odata.count']]).toEqual([200, 16, 16]);
  });

  it('a URL of more than 2,048 characters is too long for that, except in a batch', async () => {
    await start();
    const url = `/devices?$select=id&$count=true&$filter=${encodeURIComponent(or(60))}`;
    expect((await graph.get(url, ADVANCED)).status).toBe(400);
    const { body } = await graph.batch([{ id: '1', method: 'GET', url, headers: ADVANCED }]);
    expect(body.responses[0]!.body!.value).toHaveLength(60);
  });

  it('deviceId does not support in', async () => {
    await start();
    const filter = `deviceId in ('${deviceId(1)}','${deviceId(2)}')`;
    expect((await filtered(filter)).body.error.code).toBe('Request_UnsupportedQuery');
  });

  it('reads a device by alternate key; a missing one is 404', async () => {
    await start();
    expect((await graph.get(`/devices(deviceId='${deviceId(7)}')?$select=id`)).body['id']).toBe(objectId(7));
    expect((await graph.get(`/devices(deviceId='${deviceId(9999)}')`)).status).toBe(404);
    expect((await graph.get(`/devices/${deviceId(7)}`)).status).toBe(404);
  });

  it('an alternate key in a reference is refused', async () => {
    await start();
    const reference = { '@odata.id': `${sim.graphUrl}/v1.0/devices(deviceId='${deviceId(1)}')` };
    expect((await graph.send('POST', `/groups/${GROUP}/members/$ref`, reference)).status).toBe(400);
  });
});

describe('users', () => {
  it('are found by SID, UPN and id', async () => {
    await start();
    const bySid = await graph.get(
      `/users?$select=id&$filter=${encodeURIComponent("onPremisesSecurityIdentifier eq 'S-1-5-21-1-2-3-1002'")}`,
    );
    expect(bySid.body.value).toEqual([{ id: userId(2) }]);
    expect((await graph.get('/users/ann@contoso.example?$select=id')).body['id']).toBe(userId(1));
    expect((await graph.get('/users/nobody@contoso.example')).status).toBe(404);
  });

  it('onPremisesSamAccountName needs the advanced-query header', async () => {
    await start();
    const path = `/users?$select=id&$filter=${encodeURIComponent("onPremisesSamAccountName eq 'bob'")}`;
    expect((await graph.get(path)).body.error.code).toBe('Request_UnsupportedQuery');
    expect((await graph.get(`${path}&$count=true`, ADVANCED)).body.value).toEqual([{ id: userId(2) }]);
  });

  it('an unknown property is refused', async () => {
    await start();
    expect((await graph.get('/users?$select=shoeSize')).status).toBe(400);
  });
});

describe('group search by name prefix over thousands of groups', () => {
  it('finds by startswith, pages, and refuses sorting with a filter without the advanced header', async () => {
    const groups = Array.from({ length: 3000 }, (_, i) => ({
      id: groupId(i + 10),
      displayName: `Project ${String(i).padStart(4, '0')}`,
    }));
    await start({}, 1, {}, { groups });
    const filter = encodeURIComponent("startswith(displayName,'Project 1')");
    expect(await graph.all(`/groups?$filter=${filter}&$select=id,displayName&$top=999`)).toHaveLength(1000);
    const sorted = `/groups?$filter=${filter}&$orderby=displayName&$top=5&$select=displayName`;
    expect((await graph.get(sorted)).status).toBe(400);
    const reply = await graph.get(`${sorted}&$count=true`, ADVANCED);
    expect(reply.body['@odata.count']).toBe(1000);
    expect(reply.body.value.map((group) => group.displayName)).toEqual([0, 1, 2, 3, 4].map((n) => `Project 100${n}`));
    const next = await graph.get(reply.body['@odata.nextLink']!, ADVANCED);
    expect(next.body.value[0]!.displayName).toBe('Project 1005');
  });

  it('casts and filters on members need the advanced header', async () => {
    await start();
    await control.editGroup(GROUP, { add: ['PC1', userId(1)] });
    expect((await graph.get(`/groups/${GROUP}/members/microsoft.graph.device`)).status).toBe(400);
    const cast = await graph.get(`/groups/${GROUP}/members/microsoft.graph.device?$count=true&$select=id`, ADVANCED);
    expect(cast.body.value).toHaveLength(1);
  });
});

describe('getByIds omits missing ids (getByIdsMissing)', () => {
  const byIds = (ids: string[], types?: string[]) =>
    graph.send('POST', '/directoryObjects/getByIds?$select=id', { ids, ...(types ? { types } : {}) });

  it('leaves missing ids out, keeps types apart, takes 1,000 at most', async () => {
    await start();
    const reply = await byIds([objectId(1), objectId(9999), userId(1)]);
    expect(reply.body.value.map(({ id }) => id)).toEqual([objectId(1), userId(1)]);
    expect((await byIds([objectId(1), userId(1)], ['device'])).body.value).toEqual([
      { '@odata.type': '#microsoft.graph.device', id: objectId(1) },
    ]);
    expect((await byIds(Array.from({ length: 1000 }, (_, i) => objectId(i + 1)))).body.value).toHaveLength(250);
    expect((await byIds(Array.from({ length: 1001 }, (_, i) => objectId(i + 1)))).status).toBe(400);
  });

  it('error', async () => {
    await start({ getByIdsMissing: 'error' });
    expect((await byIds([objectId(1), objectId(9999)])).status).toBe(404);
  });
});

describe('delta: §7 order, replays, empty pages, `@removed`, `latest`, expiry, 410, lag (delta)', () => {
  const DEFAULTS = {
    omit: 0,
    replay: 0,
    emptyPages: 0,
    expireDays: 7,
    expired: 'syncStateNotFound',
    resetBefore: 0,
    lagMs: 0,
    withoutId: 0,
  } as const;

  /** One whole round: everything it listed, and where the next one starts. */
  async function round(from: string) {
    const listed = [];
    let pages = 0;
    let empty = 0;
    for (let link = from; ;) {
      const { body, status, text } = await graph.get(link);
      if (status !== 200) throw new Error(text);
      listed.push(...body.value);
      pages += 1;
      empty += Number(body.value.length === 0);
      if (body['@odata.deltaLink']) return { listed, pages, empty, link: body['@odata.deltaLink'] };
      link = body['@odata.nextLink']!;
    }
  }

  it('tells all devices once, then changes, creations and removals', async () => {
    await start({ deltaPageSize: 100 });
    const first = await round('/devices/delta?$select=deviceId');
    expect([first.listed.length, first.pages]).toEqual([250, 3]);
    expect(first.listed[0]).toEqual({ id: objectId(1), deviceId: deviceId(1) });
    expect((await round(first.link)).listed).toEqual([]);
    await control.deviceAction('PC1', 'delete');
    await control.send('POST', '/devices', { name: 'NEW', objectId: objectId(900), deviceId: deviceId(900) });
    const second = await round(first.link);
    expect(second.listed).toEqual([
      { id: objectId(1), '@removed': { reason: 'deleted' } },
      { id: objectId(900), deviceId: deviceId(900) },
    ]);
    expect((await round(second.link)).listed).toEqual([]);
  });

  it('$select restricts what is tracked', async () => {
    await start();
    const ids = await round('/devices/delta?$select=deviceId');
    const enabled = await round('/devices/delta?$select=deviceId,accountEnabled');
    await control.deviceAction('PC1', 'disable');
    expect((await round(ids.link)).listed).toEqual([]);
    expect((await round(enabled.link)).listed).toEqual([
      { id: objectId(1), deviceId: deviceId(1), accountEnabled: false },
    ]);
  });

  it('removed users are restorable', async () => {
    await start();
    const first = await round('/users/delta?$select=id');
    await control.send('POST', '/users/ann/delete');
    expect((await round(first.link)).listed).toEqual([{ id: userId(1), '@removed': { reason: 'changed' } }]);
  });

  it('latest starts from now', async () => {
    await start();
    const latest = await round('/devices/delta?$deltatoken=latest');
    expect(latest.listed).toEqual([]);
    await control.deviceAction('PC1', 'delete');
    expect((await round(latest.link)).listed).toHaveLength(1);
  });

  it('replays objects and sends empty pages before the end', async () => {
    await start({ deltaPageSize: 50, delta: { ...DEFAULTS, replay: 2, emptyPages: 2 } });
    const first = await round('/devices/delta?$select=id');
    expect(first.empty).toBeGreaterThan(0);
    expect(first.listed.length).toBeGreaterThan(250);
    expect(new Set(first.listed.map(({ id }) => id)).size).toBe(250);
  });

  it.each([
    ['syncStateNotFound', 400, 'syncStateNotFound'],
    ['generation', 400, 'Request_BadRequest'],
    ['410', 410, 'resyncRequired'],
  ] as const)('a token expires after 7 days: %s', async (expired, status, code) => {
    await start({ delta: { ...DEFAULTS, expired } });
    const first = await round('/devices/delta?$select=id');
    await control.advance(7 * 86_400 + 1);
    const reply = await graph.get(first.link);
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  });

  it('410 with a Location with an empty token asks for a full resynchronisation', async () => {
    await start();
    const first = await round('/devices/delta?$select=id');
    await control.advance(10);
    await control.switches({ graph: { delta: { ...DEFAULTS, resetBefore: Date.now() + 5_000 } } });
    const reply = await graph.get(first.link);
    expect([reply.status, reply.headers.get('location')]).toEqual([
      410,
      `${sim.graphUrl}/v1.0/devices/delta?$deltatoken=`,
    ]);
    await control.advance(10);
    expect((await round(reply.headers.get('location')!)).listed).toHaveLength(250);
  });

  it('410 answers a link of another life of the simulator, for which its numbers mean something else', async () => {
    await start();
    const { link } = await round('/devices/delta?$select=id');
    await control.reset();
    const reply = await graph.get(link);
    expect([reply.status, reply.body.error.code]).toEqual([410, 'resyncRequired']);
    expect((await round(reply.headers.get('location')!)).listed).toHaveLength(250);
  });

  it('lags', async () => {
    await start({ delta: { ...DEFAULTS, lagMs: 30_000 } });
    const first = await round('/devices/delta?$select=id');
    await control.deviceAction('PC1', 'delete');
    const second = await round(first.link);
    expect(second.listed).toEqual([]);
    await control.advance(30);
    expect((await round(second.link)).listed).toHaveLength(1);
  });

  it('refuses $top and $orderby, and filters other than by id', async () => {
    await start();
    expect((await graph.get('/devices/delta?$top=10')).status).toBe(400);
    expect((await graph.get('/users/delta?$orderby=displayName')).status).toBe(400);
    expect((await graph.get(`/devices/delta?$filter=${encodeURIComponent("displayName eq 'PC1'")}`)).status).toBe(400);
  });

  it('groups tell their members, and removals', async () => {
    await start();
    await control.editGroup(GROUP, { add: ['PC1', 'PC2'] });
    const first = await round(
      `/groups/delta?$select=displayName,members&$filter=${encodeURIComponent(`id eq '${GROUP}'`)}`,
    );
    expect(first.listed[0]!['members@delta']!.map(({ id }) => id)).toEqual([objectId(1), objectId(2)]);
    await graph.remove(GROUP, objectId(1));
    const second = await round(first.link);
    expect(second.listed[0]!['members@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.device', id: objectId(1), '@removed': { reason: 'deleted' } },
    ]);
  });

  const ofGroup = `/groups/delta?$select=members&$filter=${encodeURIComponent(`id eq '${GROUP}'`)}`;
  const pcs = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `PC${from + at}`);
  const MEMBERS = { pageSize: 10, deleted: 'documented', former: false } as const;

  it('the members of a large group come in parts, the same group again on each page', async () => {
    await start({ deltaMembers: MEMBERS });
    await control.editGroup(GROUP, { add: pcs(1, 26) });
    const first = await round(ofGroup);
    expect(first.listed.map((group) => [group.id, group['members@delta']?.length])).toEqual([
      [GROUP, 10],
      [GROUP, 10],
      [GROUP, 5],
    ]);
    await control.editGroup(GROUP, { add: pcs(31, 43), remove: ['PC1'] });
    const second = await round(first.link);
    expect(second.listed.map((group) => group['members@delta']?.length)).toEqual([10, 3]);
    expect((await round(second.link)).listed).toEqual([]);
  });

  it('who leaves between two pages is listed in the next round, and nobody is passed over', async () => {
    await start({ deltaMembers: MEMBERS });
    await control.editGroup(GROUP, { add: pcs(1, 26) });
    const { body } = await graph.get(ofGroup);
    await control.editGroup(GROUP, { remove: pcs(1, 6) });
    const rest = await round(body['@odata.nextLink']!);
    const listed = [...body.value, ...rest.listed].flatMap((group) => group['members@delta'] ?? []);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(25);
    expect((await round(rest.link)).listed[0]!['members@delta']).toHaveLength(5);
  });

  it.each([
    ['documented', [objectId(1)]],
    ['silent', []],
  ] as const)(
    'a deleted member is listed as removed: %s; a deleted user, who may be restored, is not',
    async (deleted, listed) => {
      await start({ deltaMembers: { ...MEMBERS, deleted } });
      await control.editGroup(GROUP, { add: ['PC1', 'ann'] });
      const first = await round(ofGroup);
      await control.deviceAction('PC1', 'delete');
      await control.send('POST', '/users/ann/delete');
      const removed = (await round(first.link)).listed.flatMap((group) => group['members@delta'] ?? []);
      expect(removed.map(({ id }) => id)).toEqual(listed);
    },
  );

  it('a first round may name former members as removed', async () => {
    await start({ deltaMembers: { ...MEMBERS, former: true } });
    await control.editGroup(GROUP, { add: ['PC1', 'PC2'] });
    await control.editGroup(GROUP, { remove: ['PC1'] });
    const [group] = (await round(ofGroup)).listed;
    expect(group!['members@delta']!.map((member) => [member.id, '@removed' in member])).toEqual([
      [objectId(2), false],
      [objectId(1), true],
    ]);
  });

  it('at most 50 ids in a filter', async () => {
    await start();
    const filter = (count: number) =>
      encodeURIComponent(Array.from({ length: count }, (_, at) => `id eq '${groupId(at + 1)}'`).join(' or '));
    expect((await graph.get(`/groups/delta?$select=members&$filter=${filter(50)}`)).status).toBe(200);
    expect((await graph.get(`/groups/delta?$select=members&$filter=${filter(51)}`)).status).toBe(400);
  });
});

describe('cloud roots, token audience, foreign reference host (cloud)', () => {
  const addBy = (root: string) =>
    graph.send('POST', `/groups/${GROUP}/members/$ref`, {
      '@odata.id': `${root}/v1.0/directoryObjects/${objectId(1)}`,
    });

  it.each([
    ['global', 'https://graph.microsoft.com'],
    ['usgov', 'https://graph.microsoft.us'],
    ['dod', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
    ['bleu', 'https://graph.svc.sovcloud.fr'],
  ] as const)('%s takes references and tokens of its own root only', async (cloud, root) => {
    await start({ cloud }, 5, { staticToken: false });
    const other = cloud === 'global' ? 'https://graph.microsoft.us' : 'https://graph.microsoft.com';
    graph = new GraphHttp(sim.graphUrl, await tokenFor(sim, undefined, `${root}/.default`));
    expect((await addBy(other)).status).toBe(400);
    expect((await addBy(root)).status).toBe(204);
    const foreign = new GraphHttp(sim.graphUrl, await tokenFor(sim, undefined, `${other}/.default`));
    const reply = await foreign.get(`/groups/${GROUP}`);
    expect([reply.status, reply.body.error.message]).toEqual([
      401,
      'Access token validation failure. Invalid audience.',
    ]);
  });
});

describe('changed wording, `message` as object (errorText)', () => {
  it('drift: other words, the stable part kept', async () => {
    await start({ errorText: 'drift' });
    const { message } = (await graph.add(GROUP, objectId(9999))).body.error;
    expect(message).toContain('does not exist or one of its queried reference-property objects are not present');
    expect(message).not.toMatch(/present\.$/);
  });

  it('object', async () => {
    await start({ errorText: 'object' });
    expect((await graph.add(GROUP, objectId(9999))).body.error.message).toMatchObject({
      lang: 'en',
      value: expect.any(String),
    });
  });
});

describe('requests that Graph does not know', () => {
  it.each([
    ['GET', '/printers', 400],
    ['GET', '/groups/not-a-guid', 400],
    ['GET', `/groups/${groupId(77)}`, 404],
    ['GET', `/groups/${GROUP}/calendar`, 400],
    ['PUT', `/groups/${GROUP}`, 400],
    ['GET', '/$batch', 400],
  ])('%s %s is %d', async (method, path, status) => {
    await start();
    expect((await graph.send(method, path)).status).toBe(status);
  });

  it('no token is 401, an unknown version 400', async () => {
    await start();
    expect((await new GraphHttp(sim.graphUrl, '').get('/groups')).status).toBe(401);
    expect((await graph.get(`${sim.graphUrl}/v9.9/groups`)).status).toBe(400);
  });

  it('a body that is not declared as JSON is refused', async () => {
    await start();
    const reply = await graph.send('PATCH', `/groups/${GROUP}`, graph.binding([objectId(1)]), {
      'Content-Type': 'text/plain',
    });
    expect(reply.status).toBe(415);
  });
});
