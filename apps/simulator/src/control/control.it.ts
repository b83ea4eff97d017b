import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../start-simulator.js';
import { AdminHttp } from '../test-support/admin-http.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { TEN_STEP } from '../world/ten-step-world.js';
import type { ChurnEvent } from './churn.js';
import { ControlClient } from './control-client.js';

let sim: Simulator;
let control: ControlClient;
let admin: AdminHttp;
let graph: GraphHttp;

async function start(options: SimulatorOptions = {}): Promise<void> {
  sim = await startSimulator(options);
  control = new ControlClient(sim.controlUrl);
  admin = new AdminHttp(sim.adminServiceUrl);
  graph = new GraphHttp(sim.graphUrl);
}

afterEach(() => sim.close());

const siteDeviceId = async (name: string) =>
  (await admin.list(`SMS_R_System?$filter=Name eq '${name}'&$select=AADDeviceID`))[0]?.['AADDeviceID'];

describe('memberships', () => {
  it('change by name and by ResourceID, move the time and keep the count right', async () => {
    await start();
    await control.advance(5);
    expect(
      await control.editCollection(TEN_STEP.collectionId, { add: ['DeviceA', 16777222], remove: ['DeviceB'] }),
    ).toMatchObject({ memberCount: 3 });
    const [row] = (await admin.get(`SMS_Collection('${TEN_STEP.collectionId}')`)).value;
    expect(row).toMatchObject({ MemberCount: 3, IncrementalEvaluationMemberChanges: 3 });
    expect(Date.parse(String(row!['LastMemberChangeTime']))).toBeGreaterThan(Date.now());
  });

  it('can be set as a whole, made and deleted; a wrong name is told', async () => {
    await start();
    const made = await control.send<{ id: string }>('POST', '/collections', { name: 'New', members: ['DeviceA'] });
    await control.send('PUT', `/collections/${made.id}/members`, { members: ['DeviceC', 'DeviceD'] });
    const rows = await admin.list(`SMS_FullCollectionMembership?$filter=CollectionID eq '${made.id}'&$select=Name`);
    expect(rows).toEqual([{ Name: 'DeviceC' }, { Name: 'DeviceD' }]);
    await expect(control.editCollection(made.id, { add: ['NOBODY'] })).rejects.toThrow(/404.*NOBODY/);
    await expect(control.editCollection('ABC0FFFF', {})).rejects.toThrow(/404/);
  });
});

describe('devices', () => {
  it('join late: first the site knows nothing, then both sides do', async () => {
    await start();
    await control.send('POST', '/devices', { name: 'LATE', joined: 'none' });
    expect(await siteDeviceId('LATE')).toBeNull();
    const joined = await control.deviceAction('LATE', 'join');
    expect(await siteDeviceId('LATE')).toBe(joined.deviceId);
    expect((await graph.get(`/devices(deviceId='${joined.deviceId}')?$select=id`)).body['id']).toBe(joined.objectId);
  });

  it('may be known to the site before the directory', async () => {
    await start();
    await control.send('POST', '/devices', { name: 'HALF', joined: 'none' });
    const half = await control.deviceAction('HALF', 'join', { where: 'site' });
    expect([await siteDeviceId('HALF'), half.objectId]).toEqual([half.deviceId, null]);
    const whole = await control.deviceAction('HALF', 'join', { where: 'directory' });
    expect(whole.deviceId).toBe(half.deviceId);
    expect(whole.objectId).not.toBeNull();
  });

  it('re-register: a new deviceId and object, the old one gone from its groups', async () => {
    await start();
    const before = await control.device('DeviceA');
    const after = await control.deviceAction('DeviceA', 're-register');
    expect(after.deviceId).not.toBe(before.deviceId);
    expect((await graph.get(`/devices/${before.objectId}`)).status).toBe(404);
    expect((await control.group('Group1')).memberCount).toBe(2);
    expect(await siteDeviceId('DeviceA')).toBe(after.deviceId);
  });

  it('are disabled, enabled, deleted in the directory, and removed from the site', async () => {
    await start();
    expect((await control.deviceAction('DeviceA', 'disable')).enabled).toBe(false);
    expect((await control.deviceAction('DeviceA', 'enable')).enabled).toBe(true);
    expect((await control.deviceAction('DeviceA', 'delete')).objectId).toBeNull();
    await control.send('DELETE', '/devices/DeviceB');
    const rows = await admin.list(
      `SMS_FullCollectionMembership?$filter=CollectionID eq '${TEN_STEP.collectionId}'&$select=Name`,
    );
    expect(rows).toEqual([{ Name: 'DeviceC' }]);
    expect((await admin.list('SMS_R_System?$select=Name')).map((row) => row['Name'])).toEqual([
      'DeviceA',
      'DeviceC',
      'DeviceD',
    ]);
  });
});

describe('directory objects', () => {
  it('change their name, state and identity, and the next delta tells it', async () => {
    await start();
    const id = TEN_STEP.objectId('DeviceA');
    const first = await graph.get('/devices/delta?$select=deviceId,displayName');
    const deviceId = TEN_STEP.deviceId('DeviceA').replace('de', 'df');
    await control.send('PATCH', `/directory/${id}`, { displayName: 'Renamed', deviceId });
    const { body } = await graph.get(first.body['@odata.deltaLink']!);
    expect(body.value).toEqual([{ id, deviceId, displayName: 'Renamed' }]);
    expect((await graph.get(`/devices(deviceId='${deviceId}')?$select=id`)).body['id']).toBe(id);
    await expect(control.send('PATCH', `/directory/${deviceId}`, {})).rejects.toThrow(/404/);
  });
});

describe('groups behind our back', () => {
  it('are edited, changed, made and deleted', async () => {
    await start();
    await control.editGroup('Group1', { add: ['DeviceD'], remove: [TEN_STEP.objectId('DeviceA')] });
    expect((await control.group('Group1')).members.map(({ name }) => name)).toEqual(['DeviceB', 'DeviceC', 'DeviceD']);
    await control.send('PATCH', '/groups/Group1', { onPremisesSyncEnabled: true });
    expect((await graph.add(TEN_STEP.groupId, TEN_STEP.objectId('DeviceA'))).status).toBe(400);
    await control.send('DELETE', '/groups/Group1');
    expect((await graph.get(`/groups/${TEN_STEP.groupId}`)).status).toBe(404);
    const made = await control.send<{ id: string }>('POST', '/groups', { displayName: 'Another' });
    expect((await graph.get(`/groups/${made.id}?$select=displayName`)).body['displayName']).toBe('Another');
  });
});

describe('faults, switches, journal, reset', () => {
  it('a fault is listed with its hits and cleared', async () => {
    await start();
    const { id } = await control.fault({ face: 'graph', url: '^/groups', status: 500, times: 1 });
    expect((await graph.get('/groups')).status).toBe(500);
    expect((await graph.get('/groups')).status).toBe(200);
    expect(await control.send('GET', '/faults')).toMatchObject([{ id, hits: 1, seen: 2 }]);
    expect((await control.journal()).map((entry) => [entry.status, entry.fault])).toEqual([
      [500, id],
      [200, undefined],
    ]);
    expect(await control.clearFaults()).toEqual({ cleared: 1 });
  });

  it('unknown switches and values are refused by name and change nothing', async () => {
    await start();
    await expect(control.send('PATCH', '/switches', { graph: { nothing: 1 } })).rejects.toThrow(/nothing/);
    await expect(control.send('PATCH', '/switches', { adminService: { 'paging.mode': 'odd' } })).rejects.toThrow(
      /paging\.mode/,
    );
    await expect(control.send('POST', '/faults', { face: 'nowhere' })).rejects.toThrow(/face/);
  });

  it('reset brings back world, switches, faults and journal, at the same addresses and with the same credential', async () => {
    await start({ graph: { writeQuota: 5 } });
    await control.switches({ graph: { writeQuota: 1 } });
    await control.editGroup('Group1', { remove: ['DeviceB'] });
    await control.fault({ face: 'graph', status: 500 });
    await control.reset();
    expect((await control.group('Group1')).memberCount).toBe(3);
    expect((await graph.get('/groups')).status).toBe(200);
    expect(await control.send('GET', '/switches')).toMatchObject({ graph: { writeQuota: 5 } });
    expect(await control.totals()).toEqual({ 'graph GET /v1.0/groups 200': 1 });
  });
});

describe('churn', () => {
  it('lives: members come and go, devices are installed, registered and re-imaged, and every event is recorded', async () => {
    await start({ world: 'demo', seed: 3 });
    for (let n = 0; n < 200; n += 1) await control.send('POST', '/churn/step');
    const { events } = await control.send<{ events: ChurnEvent[] }>('GET', '/churn');
    expect(new Set(events.map((event) => event.what))).toEqual(
      new Set(['joined', 'left', 're-imaged', 'installed', 'registered']),
    );
    const collections = await control.send<{ memberCount: number }[]>('GET', '/collections');
    const counts = await admin.list('SMS_Collection?$select=MemberCount');
    expect(counts.map((row) => row['MemberCount'])).toEqual(collections.map((collection) => collection.memberCount));
  });

  it('the same seed lives the same life', async () => {
    const life = async () => {
      await start({ world: 'demo', seed: 5 });
      for (let n = 0; n < 60; n += 1) await control.send('POST', '/churn/step');
      const { events } = await control.send<{ events: ChurnEvent[] }>('GET', '/churn');
      return events.map(({ at: _at, ...event }) => event);
    };
    const first = await life();
    await sim.close();
    expect(await life()).toEqual(first);
  });

  it('runs by itself at its pace', async () => {
    await start({ world: 'demo', timeScale: 100, churnPerMinute: 60 });
    await expect
      .poll(async () => (await control.send<{ events: ChurnEvent[] }>('GET', '/churn')).events.length)
      .toBeGreaterThan(5);
    await control.send('POST', '/churn', { perMinute: 0 });
  });
});
