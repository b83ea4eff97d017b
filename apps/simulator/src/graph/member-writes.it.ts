import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { tokenFor } from '../control/token-for.js';
import { deviceId, GROUP, groupId, objectId, tenant, userId } from '../test-support/worlds.js';
import type { WorldInput } from '../world/world-spec.js';
import type { GraphSwitches } from './graph-switches.js';

let sim: Simulator;
let graph: GraphHttp;
let control: ControlClient;

const EXISTS = "One or more added object references already exist for the following modified properties: 'members'.";
const NOT_LINKED =
  "One or more removed object references do not exist for the following modified properties: 'members'.";
const missing = (id: string) =>
  `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
const DENIED = 'Insufficient privileges to complete the operation.';
const SERVICE_PRINCIPAL = '5b000000-0000-4000-8000-000000000001';
const ABSENT = objectId(0xffff);

const PEOPLE: WorldInput = {
  users: [
    { name: 'Ann', userName: 'ann', objectId: userId(1) },
    { name: 'Guest', userName: 'guest', objectId: userId(2), guest: true },
  ],
  servicePrincipals: [{ id: SERVICE_PRINCIPAL, appId: '5b000000-0000-4000-8000-000000000002', displayName: 'App' }],
  groups: [
    { id: groupId(2), displayName: 'Dynamic', groupTypes: ['DynamicMembership'], membershipRule: 'true' },
    { id: groupId(3), displayName: 'Synced', onPremisesSyncEnabled: true },
    { id: groupId(4), displayName: 'Mail security', mailEnabled: true },
    {
      id: groupId(5),
      displayName: 'Unified',
      groupTypes: ['Unified'],
      mailEnabled: true,
      visibility: 'HiddenMembership',
    },
    { id: groupId(6), displayName: 'Role assignable', isAssignableToRole: true },
    { id: groupId(7), displayName: 'Unified too', groupTypes: ['Unified'], mailEnabled: true },
    { id: groupId(8), displayName: 'Inner' },
  ],
};

async function start(switches: Partial<GraphSwitches> = {}): Promise<void> {
  sim = await startSimulator({ world: tenant(60, PEOPLE), graph: switches });
  graph = new GraphHttp(sim.graphUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => objectId(from + i));
const size = async (group = GROUP) => (await control.group(group)).memberCount;

describe('all-or-nothing PATCH, 20-link cap, duplicate id (patchAtomic)', () => {
  it('adds 20 with 204 and no body', async () => {
    await start();
    const reply = await graph.bind(GROUP, ids(1, 20));
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(await size()).toBe(20);
  });

  it('adds nothing when one is missing', async () => {
    await start();
    const reply = await graph.bind(GROUP, [...ids(1, 10), ABSENT]);
    expect(reply.status).toBe(404);
    expect(reply.body.error).toMatchObject({ code: 'Request_ResourceNotFound', message: missing(ABSENT) });
    expect(await size()).toBe(0);
  });

  it('refuses 21 links', async () => {
    await start();
    const reply = await graph.bind(GROUP, ids(1, 21));
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toBe('A resource cannot contain more than 20 link changes');
    expect(await size()).toBe(0);
  });

  it('refuses an id that is named twice', async () => {
    await start();
    const reply = await graph.bind(GROUP, [objectId(1), objectId(1).toUpperCase()]);
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toMatch(
      /^Object '\[.*\]' referenced from '\[.*\]' can only be present once as an add\/remove change\.$/,
    );
  });

  it('off: adds what it can and still answers the error', async () => {
    await start({ patchAtomic: false });
    expect((await graph.bind(GROUP, [...ids(1, 10), ABSENT])).status).toBe(404);
    expect(await size()).toBe(10);
  });
});

describe('already-exists names no id; quota outranks it (memberQuota, quotaFirst)', () => {
  it('names no id, by PATCH and by POST', async () => {
    await start();
    await graph.add(GROUP, objectId(1));
    for (const reply of [await graph.bind(GROUP, ids(1, 3)), await graph.add(GROUP, objectId(1))]) {
      expect(reply.status).toBe(400);
      expect(reply.body.error).toMatchObject({ code: 'Request_BadRequest', message: EXISTS });
    }
    expect(await size()).toBe(1);
  });

  it('the quota outranks already-exists even when the real additions fit', async () => {
    await start({ memberQuota: 5 });
    await graph.bind(GROUP, ids(1, 4));
    const reply = await graph.bind(GROUP, ids(3, 3));
    expect(reply.status).toBe(403);
    expect(reply.body.error).toMatchObject({
      code: 'Directory_QuotaExceeded',
      message: "Unable to perform operation as '7' would exceed the maximum quota count '5' for forward-link members.",
    });
  });

  it('off: already-exists comes first', async () => {
    await start({ memberQuota: 5, quotaFirst: false });
    await graph.bind(GROUP, ids(1, 4));
    expect((await graph.bind(GROUP, ids(3, 3))).body.error.message).toBe(EXISTS);
  });
});

describe('id named by 404 (notFoundNames)', () => {
  it('the member', async () => {
    await start();
    expect((await graph.add(GROUP, ABSENT)).body.error.message).toBe(missing(ABSENT));
  });

  it('the group', async () => {
    await start({ notFoundNames: 'group' });
    expect((await graph.bind(GROUP, [objectId(1), ABSENT])).body.error.message).toBe(missing(GROUP));
  });

  it('a group that is gone', async () => {
    await start();
    const reply = await graph.add(groupId(99), objectId(1));
    expect([reply.status, reply.body.error.message]).toEqual([404, missing(groupId(99))]);
  });
});

describe('removing a non-member (removeMissing)', () => {
  it('removes a member with 204 and no body', async () => {
    await start();
    await graph.add(GROUP, objectId(1));
    const reply = await graph.remove(GROUP, objectId(1));
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(await size()).toBe(0);
  });

  it.each([
    ['404', 404, missing(objectId(1))],
    ['400', 400, NOT_LINKED],
  ] as const)('%s', async (removeMissing, status, message) => {
    await start({ removeMissing });
    const reply = await graph.remove(GROUP, objectId(1));
    expect([reply.status, reply.body.error.message]).toEqual([status, message]);
  });

  it('mixed: sometimes one, sometimes the other', async () => {
    await start();
    const seen = new Set<number>();
    for (let n = 0; n < 60; n += 1) seen.add((await graph.remove(GROUP, objectId(1))).status);
    expect(seen).toEqual(new Set([400, 404]));
  });
});

describe('fresh group 400; fresh object 404 (groupLagMs, objectLagMs)', () => {
  it('a fresh group cannot be written until it is replicated', async () => {
    await start({ groupLagMs: 5000 });
    const created = await graph.send('POST', '/groups', {
      displayName: 'New',
      mailNickname: 'new',
      mailEnabled: false,
      securityEnabled: true,
    });
    expect(created.status).toBe(201);
    const id = String(created.body['id']);
    const reply = await graph.add(id, objectId(1));
    expect([reply.status, reply.body.error.message]).toEqual([
      400,
      "The source resource object or one of the objects being referenced don't exist.",
    ]);
    await control.advance(5);
    expect((await graph.add(id, objectId(1))).status).toBe(204);
  });

  it('a fresh object is not found until it is replicated', async () => {
    await start({ objectLagMs: 5000 });
    await control.send('POST', '/devices', { name: 'NEW', objectId: objectId(500), deviceId: deviceId(500) });
    expect((await graph.add(GROUP, objectId(500))).status).toBe(404);
    await control.advance(5);
    expect((await graph.add(GROUP, objectId(500))).status).toBe(204);
  });
});

describe('DELETE without `/$ref` destroys the object, or 403 (refGuard)', () => {
  const deleteObject = () => graph.send('DELETE', `/groups/${GROUP}/members/${objectId(1)}`);

  it('real: deletes the member object itself and records an alarm', async () => {
    await start();
    await graph.add(GROUP, objectId(1));
    expect((await deleteObject()).status).toBe(204);
    expect((await graph.get(`/devices/${objectId(1)}`)).status).toBe(404);
    expect(await control.alarms()).toMatchObject([
      { method: 'DELETE', alarm: expect.stringContaining(objectId(1)), status: 204 },
    ]);
  });

  it('real: 403 without the permission to manage that type, and an alarm all the same', async () => {
    await start();
    const limited = new GraphHttp(sim.graphUrl, await tokenFor(sim, ['GroupMember.ReadWrite.All']));
    const reply = await limited.send('DELETE', `/groups/${GROUP}/members/${objectId(1)}`);
    expect([reply.status, reply.body.error.message]).toEqual([403, DENIED]);
    expect(await control.alarms()).toHaveLength(1);
  });

  it('trap: deletes nothing and records an alarm', async () => {
    await start({ refGuard: 'trap' });
    expect((await deleteObject()).status).toBe(403);
    expect((await graph.get(`/devices/${objectId(1)}`)).status).toBe(200);
    expect(await control.alarms()).toHaveLength(1);
  });

  it('a lost /$ref on POST is a bad request', async () => {
    await start();
    const reply = await graph.send('POST', `/groups/${GROUP}/members`, { '@odata.id': graph.reference(objectId(1)) });
    expect([reply.status, reply.body.error.message]).toEqual([
      400,
      'Write requests are only supported on contained entities',
    ]);
  });

  it('a PATCH sent to /members/$ref is a bad request', async () => {
    await start();
    const reply = await graph.send('PATCH', `/groups/${GROUP}/members/$ref`, graph.binding([objectId(1)]));
    expect([reply.status, reply.body.error.message]).toEqual([
      400,
      'The request is currently not supported on the targeted entity set',
    ]);
  });
});

describe('member and group type rules of §4.3, §5 (dynamicStatus)', () => {
  it.each([
    ['dynamic', groupId(2), 403, DENIED],
    [
      'synchronised from on-premises',
      groupId(3),
      400,
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    ],
    ['mail-enabled', groupId(4), 403, DENIED],
  ] as const)('refuses to write a group that is %s', async (_, group, status, message) => {
    await start();
    for (const reply of [
      await graph.add(group, objectId(1)),
      await graph.bind(group, [objectId(1)]),
      await graph.remove(group, objectId(1)),
    ]) {
      expect([reply.status, reply.body.error.message]).toEqual([status, message]);
    }
  });

  it('a dynamic group can answer 400 too', async () => {
    await start({ dynamicStatus: 400 });
    expect((await graph.add(groupId(2), objectId(1))).status).toBe(400);
  });

  it('a Microsoft 365 group takes users only', async () => {
    await start();
    expect((await graph.add(groupId(5), userId(1))).status).toBe(204);
    expect((await graph.add(groupId(5), objectId(1))).status).toBe(400);
    expect((await graph.bind(groupId(5), [objectId(1)])).status).toBe(400);
  });

  it('a Microsoft 365 group joins no group', async () => {
    await start();
    const reply = await graph.add(groupId(5), groupId(7));
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toContain('Unified Groups cannot be added to Unified Groups. paramName: Members,');
    expect((await graph.add(GROUP, groupId(7))).status).toBe(400);
  });

  it('guests may be refused by policy', async () => {
    await start();
    const reply = await graph.add(groupId(5), userId(2));
    expect([reply.status, reply.body.error.message.includes('Guests users are not allowed to join')]).toEqual([
      403,
      true,
    ]);
  });

  it('a security group takes users, devices, security groups and service principals', async () => {
    await start();
    for (const id of [userId(1), objectId(1), groupId(8), SERVICE_PRINCIPAL])
      expect((await graph.add(GROUP, id)).status).toBe(204);
  });
});

describe('app-role checks; device permission; owner-only writes (permissions, deviceAdd, ownerWrites)', () => {
  const caller = async (...roles: string[]) => new GraphHttp(sim.graphUrl, await tokenFor(sim, roles));

  it('writing members needs GroupMember.ReadWrite.All', async () => {
    await start();
    const reader = await caller('GroupMember.Read.All', 'Device.ReadWrite.All');
    const reply = await reader.add(GROUP, objectId(1));
    expect([reply.status, reply.body.error]).toMatchObject([
      403,
      { code: 'Authorization_RequestDenied', message: DENIED },
    ]);
    const writer = await caller('GroupMember.ReadWrite.All');
    expect((await writer.add(GROUP, userId(1))).status).toBe(204);
  });

  it('adding a device needs Device.ReadWrite.All as well; removing one does not', async () => {
    await start();
    const writer = await caller('GroupMember.ReadWrite.All', 'Device.Read.All');
    expect((await writer.bind(GROUP, [objectId(1)])).status).toBe(403);
    await graph.add(GROUP, objectId(1));
    expect((await writer.remove(GROUP, objectId(1))).status).toBe(204);
  });

  it('deviceAdd=Read: Device.Read.All is enough', async () => {
    await start({ deviceAdd: 'Read' });
    const writer = await caller('GroupMember.ReadWrite.All', 'Device.Read.All');
    expect((await writer.bind(GROUP, [objectId(1)])).status).toBe(204);
  });

  it('role-assignable groups need RoleManagement.ReadWrite.Directory', async () => {
    await start();
    expect((await (await caller('GroupMember.ReadWrite.All')).add(groupId(6), userId(1))).status).toBe(403);
    const manager = await caller('GroupMember.ReadWrite.All', 'RoleManagement.ReadWrite.Directory');
    expect((await manager.add(groupId(6), userId(1))).status).toBe(204);
  });

  it('ownerWrites: an owning application needs no role, and reading members still does', async () => {
    await start({ ownerWrites: true });
    const owner = await caller();
    expect((await owner.add(GROUP, userId(1))).status).toBe(403);
    await control.send('PATCH', `/groups/${GROUP}`, { owners: [objectIdOf(owner)] });
    expect((await owner.add(GROUP, userId(1))).status).toBe(204);
    expect((await owner.get(`/groups/${GROUP}/members`)).status).toBe(403);
  });

  it('reading needs permissions of its own', async () => {
    await start();
    const basic = await caller('GroupMember.ReadBasic.All');
    expect((await basic.get(`/groups/${GROUP}/members`)).status).toBe(200);
    expect((await basic.get('/devices')).status).toBe(403);
    expect((await basic.get('/users')).status).toBe(403);
    expect((await basic.get(`/groups/${GROUP}`)).status).toBe(403);
    expect((await basic.send('POST', '/directoryObjects/getByIds', { ids: [] })).status).toBe(403);
  });

  it('off: a token without roles may do everything', async () => {
    await start({ permissions: false });
    expect((await (await caller()).add(GROUP, objectId(1))).status).toBe(204);
  });

  function objectIdOf(client: GraphHttp): string {
    const claims = JSON.parse(Buffer.from(client.token!.split('.')[1]!, 'base64url').toString()) as { oid: string };
    return claims.oid;
  }
});

describe('missing consent 401/403 (consent)', () => {
  it.each([
    ['401', 401, 'The identity of the calling application could not be established.'],
    ['403', 403, 'Required roles claim values are not provided'],
  ] as const)('%s', async (consent, status, message) => {
    await start({ consent });
    const reply = await new GraphHttp(sim.graphUrl, await tokenFor(sim)).get(`/groups/${GROUP}`);
    expect([reply.status, reply.body.error.message]).toEqual([status, message]);
  });
});

describe('the journal', () => {
  it('tells which objects each write named, added and removed', async () => {
    await start();
    await graph.batch([graph.patchPart('1', GROUP, ids(1, 2))]);
    await graph.remove(GROUP, objectId(1));
    const writes = (await control.journal()).filter((entry) => entry.method === 'PATCH' || entry.method === 'DELETE');
    expect(writes).toMatchObject([
      { face: 'graph', method: 'PATCH', part: '1', status: 204, group: GROUP, added: ids(1, 2), by: 'any-token' },
      { face: 'graph', method: 'DELETE', status: 204, group: GROUP, removed: [objectId(1)] },
    ]);
    expect(writes[0]!.batch).toBeGreaterThan(0);
    await graph.bind(GROUP, [objectId(3), ABSENT]);
    expect((await control.journal()).at(-1)).toMatchObject({
      status: 404,
      code: 'Request_ResourceNotFound',
      group: GROUP,
      named: [objectId(3), ABSENT],
    });
  });
});
