import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../start-simulator.js';
import { AdminHttp } from '../test-support/admin-http.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { TEN_STEP } from './ten-step-world.js';

let sim: Simulator;
let graph: GraphHttp;
let admin: AdminHttp;
let control: ControlClient;

async function start(options: SimulatorOptions): Promise<void> {
  sim = await startSimulator(options);
  graph = new GraphHttp(sim.graphUrl);
  admin = new AdminHttp(sim.adminServiceUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const exported = async () => (await fetch(`${sim.controlUrl}/export`)).text();

describe('the ten-step world', () => {
  it('stands where the scenario begins', async () => {
    await start({ world: 'ten-step' });
    const members = await graph.all(`/groups/${TEN_STEP.groupId}/members?$select=id`);
    expect(members.map(({ id }) => id)).toEqual(['DeviceA', 'DeviceB', 'DeviceC'].map(TEN_STEP.objectId));
    const rows = await admin.list(
      `SMS_FullCollectionMembership?$filter=CollectionID eq '${TEN_STEP.collectionId}'&$select=Name`,
    );
    expect(rows).toEqual([{ Name: 'DeviceB' }, { Name: 'DeviceC' }]);
  });
});

describe('the demo world', () => {
  it('has several device and user collections and groups for them', async () => {
    await start({ world: 'demo' });
    const collections = await admin.list('SMS_Collection?$select=CollectionType,MemberCount,IsBuiltIn');
    const own = collections.filter((row) => row['IsBuiltIn'] === false);
    expect(own.filter((row) => row['CollectionType'] === 2).length).toBeGreaterThan(3);
    expect(own.filter((row) => row['CollectionType'] === 1).length).toBeGreaterThan(3);
    const targets = await graph.all(
      `/groups?$filter=${encodeURIComponent("startswith(displayName,'Intune - ')")}&$select=id`,
    );
    expect(targets.length).toBeGreaterThan(5);
  });
});

describe.each(['ten-step', 'demo', 'small'])('the world %s', (world) => {
  it('has the built-in collections of every site, one of neither devices nor users', async () => {
    await start({ world });
    const all = await admin.list('SMS_Collection?$select=CollectionID,CollectionType,MemberCount,IsBuiltIn');
    const builtIn = all.filter((row) => row['IsBuiltIn'] === true);
    expect(builtIn.map((row) => [row['CollectionID'], row['CollectionType']])).toEqual([
      ['SMS00001', 2],
      ['SMS00002', 1],
      ['SMS00003', 1],
      ['SMS00004', 1],
      ['SMS000KM', 2],
      ['SMS000PS', 2],
      ['SMS000US', 2],
      ['SMSDM001', 2],
      ['SMSDM003', 2],
      ['SMSOTHER', 0],
    ]);
    expect(builtIn[0]?.['MemberCount']).toBeGreaterThan(0);
  });
});

describe('worlds from a seed', () => {
  it('the same seed gives the same world, another one another', async () => {
    await start({ world: 'small', seed: 7 });
    const first = await exported();
    await sim.close();
    await start({ world: 'small', seed: 7 });
    expect(await exported()).toBe(first);
    await sim.close();
    await start({ world: 'small', seed: 8 });
    expect(await exported()).not.toBe(first);
  });

  it('members of a device collection resolve to objects of the tenant', async () => {
    await start({ world: 'small' });
    const [collection] = await admin.list('SMS_Collection?$filter=CollectionType eq 2 and IsBuiltIn eq false&$top=1');
    const rows = await admin.list(
      `SMS_FullCollectionMembership?$filter=CollectionID eq '${String(collection!['CollectionID'])}'&$select=ResourceID,Name&$top=20`,
    );
    const filter = rows.map((row) => `ResourceID eq ${String(row['ResourceID'])}`).join(' or ');
    const devices = await admin.list(`SMS_CombinedDeviceResources?$filter=${filter}&$select=AADDeviceID,Name`);
    expect(devices).toHaveLength(20);
    const joined = devices.filter((device) => device['AADDeviceID']);
    expect(joined.length).toBeGreaterThan(15);
    for (const device of joined.slice(0, 5)) {
      const reply = await graph.get(`/devices(deviceId='${String(device['AADDeviceID'])}')?$select=displayName`);
      expect(reply.body['displayName']).toBe(device['Name']);
    }
  });

  it('users are known by object id, or by SID and UPN only, or not at all', async () => {
    await start({ world: 'small' });
    const users = await admin.list('SMS_R_User?$select=AADUserID,SID,UserPrincipalName&$top=40');
    const known = users.find((user) => user['AADUserID'])!;
    expect(
      (await graph.get(`/users/${String(known['AADUserID'])}?$select=userPrincipalName`)).body['userPrincipalName'],
    ).toBe(known['UserPrincipalName']);
    const bySid = users.filter((user) => !user['AADUserID']);
    const found = [];
    for (const user of bySid) {
      const filter = encodeURIComponent(`onPremisesSecurityIdentifier eq '${String(user['SID'])}'`);
      found.push(
        (await graph.get(`/users?$filter=${filter}&$select=userPrincipalName`)).body.value[0]?.['userPrincipalName'],
      );
    }
    expect(found.filter((upn) => upn !== undefined).length).toBeGreaterThan(0);
    expect(found.filter((upn) => upn === undefined).length).toBeGreaterThan(0);
  });

  it('1,000,000 devices and 5,000 collections within 1.5 GiB', async () => {
    const before = process.memoryUsage().rss;
    await start({ world: 'large' });
    const state = await control.send<{ devices: number; collections: number }>('GET', '/state');
    expect([state.devices, state.collections]).toEqual([1_000_000, 5_010]);
    const rows = (await admin.get("SMS_FullCollectionMembership/$count?$filter=CollectionID eq 'SMS00001'")).text;
    expect(rows).toBe('1000000');
    const whole = await fetch(
      `${sim.adminServiceUrl}/wmi/SMS_FullCollectionMembership?$filter=CollectionID eq 'SMS00001'&$select=ResourceID`,
    );
    let bytes = 0;
    for await (const chunk of whole.body!) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(20_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 2 ** 30);
  });
});

describe('worlds from JSON', () => {
  it('what was exported can be read again and is the same', async () => {
    await start({ world: 'demo' });
    await control.editCollection('ABC00014', { remove: ['BER-PC0004'] });
    await control.deviceAction('BER-PC0008', 're-register');
    const first = await exported();
    await control.reset(JSON.parse(first) as object);
    expect(JSON.parse(await exported())).toEqual(JSON.parse(first));
  });

  it('mistakes are told by name', async () => {
    await start({});
    await expect(control.reset({ devices: [{ name: '' }], colections: [] })).rejects.toThrow(
      /devices\.0\.name.*colections/,
    );
    await expect(control.reset({ collections: [{ name: 'C', members: ['NOBODY'] }] })).rejects.toThrow(
      /no resource 'NOBODY'/,
    );
    expect((await control.group('Group1')).memberCount).toBe(3);
  });
});
