import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../start-simulator.js';
import { AdminHttp } from '../test-support/admin-http.js';
import { tenant } from '../test-support/worlds.js';
import type { WorldInput } from '../world/world-spec.js';
import type { AdminServiceSwitches } from './adminservice-switches.js';

let sim: Simulator;
let admin: AdminHttp;
let control: ControlClient;

const ID = 'ABC00100';
const FIRST = 16777219;
const names = (n: number) => Array.from({ length: n }, (_, i) => `PC${i + 1}`);

async function start(
  switches: Partial<AdminServiceSwitches> = {},
  members = 10,
  more: WorldInput = {},
  options: SimulatorOptions = {},
) {
  const world = tenant(Math.max(members, 20), {
    ...more,
    collections: [{ id: ID, name: 'Finance PCs', members: names(members) }, ...(more.collections ?? [])],
  });
  sim = await startSimulator({ world, adminService: switches, ...options });
  admin = new AdminHttp(sim.adminServiceUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const members = (more = '') => admin.list(`SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}'${more}`);
const collection = async (id = ID) => (await admin.get(`SMS_Collection('${id}')`)).value[0]!;

describe('rbac.hideCollection, rbac.hideMembers: 200 with `value: []` while MemberCount > 0', () => {
  it('hides members but not the count', async () => {
    await start({ 'rbac.hideMembers': [ID] });
    expect(await members()).toEqual([]);
    expect((await collection())['MemberCount']).toBe(10);
  });

  it('hides a collection from lists, by key and from members', async () => {
    await start({ 'rbac.hideCollection': [ID] });
    expect((await admin.list('SMS_Collection')).map((row) => row['CollectionID'])).not.toContain(ID);
    expect((await admin.get(`SMS_Collection('${ID}')`)).status).toBe(404);
    expect(await members()).toEqual([]);
  });
});

describe('rbac.hideSome: part of the rows missing', () => {
  it('shows every second member and the whole count', async () => {
    await start({ 'rbac.hideSome': [ID] });
    expect((await members()).length).toBe(5);
    expect((await collection())['MemberCount']).toBe(10);
  });
});

describe('paging.mode = none, skip, nextLink: how long lists are served', () => {
  it('none: the whole list, and $top with $skip', async () => {
    await start({}, 2500);
    expect(await members()).toHaveLength(2500);
    expect((await members('&$top=1000&$skip=2000&$orderby=ResourceID')).map((row) => row['ResourceID'])[0]).toBe(
      FIRST + 2000,
    );
  });

  it('skip: a page at a time, without a link', async () => {
    await start({ 'paging.mode': 'skip' }, 2500);
    const reply = await admin.get(`SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}'`);
    expect([reply.value.length, reply.body['@odata.nextLink']]).toEqual([1000, undefined]);
    expect(await members('&$skip=2000')).toHaveLength(500);
  });

  it('nextLink: a link to the rest', async () => {
    await start({ 'paging.mode': 'nextLink' }, 2500);
    const seen: unknown[] = [];
    let pages = 0;
    for (
      let next: string | undefined = `SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}'&$select=ResourceID`;
      next;
    ) {
      const reply = await admin.get(next);
      seen.push(...reply.value.map((row) => row['ResourceID']));
      next = reply.body['@odata.nextLink'] as string | undefined;
      pages += 1;
    }
    expect([pages, new Set(seen).size, seen.length]).toEqual([3, 2500, 2500]);
  });

  it('by key: $filter on the last ResourceID with $orderby', async () => {
    await start({}, 2500);
    const seen: number[] = [];
    for (let last = 0; ; last = seen.at(-1)!) {
      const rows = await members(` and ResourceID gt ${last}&$orderby=ResourceID&$top=1000&$select=ResourceID`);
      seen.push(...rows.map((row) => row['ResourceID'] as number));
      if (rows.length < 1000) break;
    }
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, i) => FIRST + i));
  });
});

describe('paging.serverCap: silently truncates at N rows', () => {
  it('cuts without a link', async () => {
    await start({ 'paging.serverCap': 7 });
    expect(await members()).toHaveLength(7);
    expect((await collection())['MemberCount']).toBe(10);
  });
});

describe('paging.drift: rows inserted or removed between `$skip` pages', () => {
  it('misses a row or repeats one', async () => {
    await start({ 'paging.drift': true });
    const seen: unknown[] = [];
    for (let skip = 0; skip < 10; skip += 3)
      seen.push(...(await members(`&$top=3&$skip=${skip}&$orderby=ResourceID`)).map((row) => row['ResourceID']));
    expect(new Set(seen).size).toBeLessThan(10);
  });

  it('paging by key is not affected', async () => {
    await start({ 'paging.drift': true });
    expect(await members(` and ResourceID gt ${FIRST + 4}&$orderby=ResourceID&$top=3`)).toHaveLength(3);
  });
});

describe('paging.unstableOrder: order differs per request without `$orderby`', () => {
  it('differs, and does not with $orderby', async () => {
    await start({ 'paging.unstableOrder': true });
    const order = async (more = '') => JSON.stringify((await members(more)).map((row) => row['ResourceID']));
    const orders = new Set([await order(), await order(), await order()]);
    expect(orders.size).toBeGreaterThan(1);
    expect(await order('&$orderby=ResourceID')).toBe(await order('&$orderby=ResourceID'));
  });
});

describe('paging.failPage: page k gives 500, 503 or reset', () => {
  const page = (k: number) =>
    admin.get(`SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}'&$top=4&$skip=${(k - 1) * 4}`);

  it.each(['500', '503'] as const)('%s', async (failWith) => {
    await start({ 'paging.failPage': 2, 'paging.failWith': failWith });
    expect((await page(1)).status).toBe(200);
    expect((await page(2)).status).toBe(Number(failWith));
    expect((await page(3)).status).toBe(200);
  });

  it('reset', async () => {
    await start({ 'paging.failPage': 2, 'paging.failWith': 'reset' });
    await expect(page(2)).rejects.toThrow();
  });

  it('counts pages by key too', async () => {
    await start({ 'paging.failPage': 2 });
    const byKey = (last: number) =>
      admin.get(
        `SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}' and ResourceID gt ${last}&$orderby=ResourceID&$top=4`,
      );
    expect((await byKey(0)).status).toBe(200);
    expect((await byKey(FIRST + 3)).status).toBe(500);
  });
});

describe('faults scriptable per class, collection, page number and attempt', () => {
  it('hits the second attempt at page 2 of one collection', async () => {
    await start();
    await control.fault({
      face: 'adminservice',
      class: 'SMS_FullCollectionMembership',
      collection: ID,
      page: 2,
      skip: 1,
      times: 1,
      status: 503,
    });
    const page = (k: number) =>
      admin.get(`SMS_FullCollectionMembership?$filter=CollectionID eq '${ID}'&$top=4&$skip=${(k - 1) * 4}`);
    expect([(await page(2)).status, (await page(1)).status, (await page(2)).status, (await page(2)).status]).toEqual([
      200, 200, 503, 200,
    ]);
  });

  it('an empty list that is a lie', async () => {
    await start();
    await control.fault({ face: 'adminservice', collection: ID, class: 'SMS_FullCollectionMembership', empty: true });
    expect(await members()).toEqual([]);
    expect((await collection())['MemberCount']).toBe(10);
  });
});

describe('fault.latency, fault.timeout: slow above 5 s, or never answers', () => {
  it('is slow', async () => {
    await start({ 'fault.latency': 6000 }, 10, {}, { timeScale: 20 });
    const started = performance.now();
    expect(await members()).toHaveLength(10);
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it('never answers', async () => {
    await start({ 'fault.timeout': true });
    await expect(
      fetch(`${sim.adminServiceUrl}/wmi/SMS_Collection`, { signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow();
  });
});

describe('fault.truncatedBody, fault.noValue, fault.html: broken JSON, absent `value`, HTML error', () => {
  it('truncates', async () => {
    await start({ 'fault.truncatedBody': true });
    await expect(members()).rejects.toThrow();
  });

  it('leaves value out', async () => {
    await start({ 'fault.noValue': true });
    const reply = await admin.get('SMS_Collection');
    expect([reply.status, 'value' in reply.body]).toEqual([200, false]);
  });

  it('answers HTML', async () => {
    await start({ 'fault.html': true });
    const reply = await admin.get('SMS_Collection');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([502, expect.stringContaining('text/html')]);
    expect(reply.text).toContain('<html>');
  });
});

describe('limit.perClientIp: above 200 in flight: configurable status or reset', () => {
  /** Sends n requests that are answered in an hour, and tells how those ended that ended at once. */
  async function refusedOf(n: number, expected: number): Promise<string[]> {
    const hour = new AbortController();
    const refused: string[] = [];
    const sent = Array.from({ length: n }, () =>
      fetch(`${sim.adminServiceUrl}/wmi/SMS_Identification`, { signal: hour.signal }).then(
        (response) => refused.push(String(response.status)),
        () => hour.signal.aborted || refused.push('reset'),
      ),
    );
    await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(expected);
    hour.abort();
    await Promise.all(sent);
    return refused;
  }

  it('refuses what is over the limit', async () => {
    await start({ 'fault.latency': 3_600_000 });
    expect(new Set(await refusedOf(220, 20))).toEqual(new Set(['503']));
  });

  it('or resets', async () => {
    await start({ 'fault.latency': 3_600_000, 'limit.perClientIp': 5, 'limit.answer': 'reset' });
    expect(await refusedOf(6, 1)).toEqual(['reset']);
  });
});

describe('odata.refuse: forms of questions that the site refuses', () => {
  it('404 for string filters with `or` or backslash only', async () => {
    await start({ 'odata.refuse': ['stringOr'] });
    const status = async (filter: string, wmi = 'SMS_R_System') => (await admin.get(`${wmi}?$filter=${filter}`)).status;
    expect(await status("Name eq 'PC1' or Name eq 'PC2'")).toBe(404);
    expect(await status("UniqueUserName eq 'CONTOSO\\ann'", 'SMS_R_User')).toBe(404);
    expect(await status(`ResourceId eq ${FIRST} or ResourceId eq ${FIRST + 1}`)).toBe(200);
    expect(await status("endswith(Name,'1')")).toBe(200);
  });
});

describe('odata.refuseWith: how the site refuses', () => {
  it.each([
    { form: 'or', path: `SMS_R_System?$filter=ResourceId eq ${FIRST} or ResourceId eq ${FIRST + 1}` },
    { form: 'compare', path: `SMS_R_System?$filter=ResourceId gt ${FIRST}` },
    { form: 'stringCompare', path: "SMS_Collection?$filter=CollectionID gt 'A'" },
    { form: 'orderby', path: 'SMS_Collection?$orderby=CollectionID' },
  ] as const)('$form', async ({ form, path }) => {
    await start({ 'odata.refuse': [form] });
    expect((await admin.get(path)).status).toBe(404);
    await control.switches({ adminService: { 'odata.refuseWith': '400' } });
    expect((await admin.get(path)).status).toBe(400);
    await control.switches({ adminService: { 'odata.refuseWith': 'empty' } });
    expect(await admin.list(path)).toEqual([]);
    await control.switches({ adminService: { 'odata.refuse': [] } });
    expect(await admin.list(path)).not.toEqual([]);
  });
});

describe('odata.classCase, odata.propertyCase: strict or relaxed names', () => {
  it('relaxed', async () => {
    await start();
    expect((await admin.get('sms_collection')).status).toBe(200);
    expect(await admin.list(`SMS_Collection?$filter=collectionid eq '${ID}'`)).toHaveLength(1);
  });

  it('strict', async () => {
    await start({ 'odata.classCase': 'strict', 'odata.propertyCase': 'strict' });
    expect((await admin.get('sms_collection')).status).toBe(404);
    expect((await admin.get(`SMS_Collection?$filter=collectionid eq '${ID}'`)).status).toBe(400);
  });
});

describe('rbac.denied: who may not ask', () => {
  it('gets 404 for everything, with or without words', async () => {
    await start({ 'rbac.denied': 'noRole' });
    expect((await admin.get('SMS_Identification')).status).toBe(404);
    await control.switches({ adminService: { 'rbac.denied': 'noWmi' } });
    const reply = await admin.get('SMS_Collection');
    expect([reply.status, reply.body['error']]).toEqual([404, { code: '404', message: 'Access denied  WMI QUERY: ' }]);
  });
});

describe('shape.braces, shape.fractions, shape.collapseWithoutKey', () => {
  it('show ids, times and lists as some sites do', async () => {
    await start({ 'shape.braces': true, 'shape.collapseWithoutKey': true });
    const [device] = await admin.list('SMS_R_System?$top=1&$select=ResourceId,AADDeviceID');
    expect(device?.['AADDeviceID']).toMatch(/^\{.*\}$/);
    expect(await members('&$select=ResourceID')).toHaveLength(1);
    expect(await members('&$select=ResourceID,CollectionID')).toHaveLength(10);
    expect((await collection())['LastMemberChangeTime']).toMatch(/^[-\dT:]+(\.\d{0,2}[1-9])?Z$/);
    await control.switches({ adminService: { 'shape.fractions': false } });
    expect((await collection())['LastMemberChangeTime']).toMatch(/^[-\dT:]+Z$/);
  });
});

describe('shape.nullNames, shape.upperIds, and a device that the site knows by another name', () => {
  it('show names and ids as some sites do', async () => {
    await start({ 'shape.nullNames': 2, 'shape.upperIds': true });
    const rows = await members('&$select=ResourceID,Name');
    for (const { ResourceID: id, Name: name } of rows) expect(name === null).toBe(Number(id) % 2 === 0);
    const [device] = await admin.list('SMS_R_System?$top=1&$select=ResourceId,AADDeviceID');
    expect(device?.['AADDeviceID']).toMatch(/^[-\dA-F]{36}$/);
    await control.switches({ adminService: { 'shape.nullNames': 0 } });
    await control.send('POST', '/devices/PC1/rename', { name: 'PC1-NEW' });
    expect(await admin.list("SMS_R_System?$filter=Name eq 'PC1-NEW'&$select=Name")).toEqual([{ Name: 'PC1-NEW' }]);
    expect((await members('&$select=ResourceID,Name')).map(({ Name: name }) => name)).toContain('PC1-NEW');
  });
});

describe('shape.keyedAsArray: keyed GET returns `value:[one]`; missing key 404', () => {
  it('in every form of key', async () => {
    await start();
    for (const path of [
      `SMS_Collection('${ID}')`,
      `SMS_Collection/${ID}`,
      `SMS_R_System(${FIRST})`,
      `SMS_FullCollectionMembership(CollectionID='${ID}',ResourceID=${FIRST})`,
    ]) {
      const reply = await admin.get(path);
      expect([path, reply.status, reply.value.length]).toEqual([path, 200, 1]);
    }
    const missing = await admin.get("SMS_Collection('ABC0FFFF')");
    expect([missing.status, missing.body['error']]).toMatchObject([
      404,
      { code: expect.any(String), message: expect.any(String) },
    ]);
  });

  it('off: the entity itself', async () => {
    await start({ 'shape.keyedAsArray': false });
    expect((await admin.get(`SMS_Collection('${ID}')`)).body['CollectionID']).toBe(ID);
  });
});

describe('shape.systemFields: `__*`, etag', () => {
  it('come without projection only', async () => {
    await start();
    const row = (await members())[0]!;
    expect(row).toMatchObject({
      '@odata.etag': `${ID};${FIRST}`,
      __CLASS: 'SMS_FullCollectionMembership',
      __NAMESPACE: 'root\\sms\\site_ABC',
    });
    expect(Object.keys((await members('&$select=ResourceID'))[0]!)).toEqual(['ResourceID']);
  });

  it('off', async () => {
    await start({ 'shape.systemFields': false });
    expect(Object.keys((await members())[0]!).filter((name) => /^(__|@)/.test(name))).toEqual([]);
  });
});

describe('shape.lazy = omit, null: lazy values only on keyed GET; may reject `$select`', () => {
  it('omit', async () => {
    await start();
    const [row] = await admin.list(`SMS_Collection?$filter=CollectionID eq '${ID}'`);
    expect(row).not.toHaveProperty('CollectionRules');
    expect((await collection())['CollectionRules']).toHaveLength(10);
  });

  it('null', async () => {
    await start({ 'shape.lazy': 'null' });
    const [row] = await admin.list(`SMS_Collection?$filter=CollectionID eq '${ID}'`);
    expect(row!['CollectionRules']).toBeNull();
  });

  it('may refuse to select them', async () => {
    await start({ 'shape.lazySelect': 'reject' });
    expect((await admin.get('SMS_Collection?$select=CollectionID,CollectionRules')).status).toBe(400);
  });
});

describe('shape.idCasing: ResourceId or ResourceID per class', () => {
  it('discovery classes spell ResourceId, membership classes ResourceID; both can be selected', async () => {
    await start();
    expect(Object.keys((await admin.list('SMS_R_System?$select=ResourceID&$top=1'))[0]!)).toEqual(['ResourceId']);
    expect(Object.keys((await members('&$select=ResourceID&$top=1'))[0]!)).toEqual(['ResourceID']);
  });

  it('or ResourceID everywhere', async () => {
    await start({ 'shape.idCasing': 'ResourceID' });
    expect(Object.keys((await admin.list('SMS_R_System?$select=ResourceId&$top=1'))[0]!)).toEqual(['ResourceID']);
  });
});

describe('shape.intFlags: `SMS_R_System` flags 0/1', () => {
  it.each([
    [true, { Client: 1, Obsolete: 0, Decommissioned: 0 }],
    [false, { Client: true, Obsolete: false, Decommissioned: false }],
  ])('%s', async (intFlags, flags) => {
    await start({ 'shape.intFlags': intFlags });
    expect((await admin.list('SMS_R_System?$select=Client,Obsolete,Decommissioned&$top=1'))[0]).toEqual(flags);
    expect((await admin.list('SMS_CombinedDeviceResources?$select=IsClient&$top=1'))[0]).toEqual({ IsClient: true });
  });
});

describe('shape.nullIds = missing, null, empty, zero: absent Entra ids in all four spellings', () => {
  const unjoined = { devices: [{ name: 'LONE', joined: 'none' as const }] };
  const row = async () =>
    (await admin.list("SMS_R_System?$filter=Name eq 'LONE'&$select=Name,AADDeviceID,AADTenantID"))[0];

  it.each([
    ['null', { Name: 'LONE', AADDeviceID: null, AADTenantID: null }],
    ['missing', { Name: 'LONE' }],
    ['empty', { Name: 'LONE', AADDeviceID: '', AADTenantID: '' }],
    [
      'zero',
      {
        Name: 'LONE',
        AADDeviceID: '00000000-0000-0000-0000-000000000000',
        AADTenantID: '00000000-0000-0000-0000-000000000000',
      },
    ],
  ] as const)('%s', async (nullIds, expected) => {
    await start({ 'shape.nullIds': nullIds }, 10, unjoined);
    expect(await row()).toEqual(expected);
  });

  it('mixed: all four on one site', async () => {
    const devices = Array.from({ length: 4 }, (_, i) => ({ name: `LONE${i}`, joined: 'none' as const }));
    await start({ 'shape.nullIds': 'mixed' }, 10, { devices });
    const rows = await admin.list(
      "SMS_CombinedDeviceResources?$filter=startswith(Name,'LONE') eq true&$select=AADDeviceID",
    );
    expect(new Set(rows.map((one) => JSON.stringify(one))).size).toBe(4);
  });
});

describe('data.neverDates: 1970/1980 values, shifted by time zone', () => {
  it('shows them on a collection that was never evaluated', async () => {
    await start();
    expect(await collection('SMS00004')).toMatchObject({
      FullEvaluationLastRefreshTime: '1970-01-01T00:00:00Z',
      LastMemberChangeTime: '1980-01-01T06:00:00Z',
      LastRefreshTime: '1980-01-01T12:00:00Z',
    });
  });

  it('off: null', async () => {
    await start({ 'data.neverDates': false });
    expect((await collection('SMS00004'))['LastMemberChangeTime']).toBeNull();
  });
});

describe('data.staleCount: `MemberCount` lags or leads rows', () => {
  it.each([-2, 3])('by %d', async (difference) => {
    await start({ 'data.staleCount': { [ID]: difference } });
    expect((await collection())['MemberCount']).toBe(10 + difference);
    expect(await members()).toHaveLength(10);
  });
});

describe('data.swapSameCount: members swapped, count equal', () => {
  it('the count stays, the time moves', async () => {
    await start();
    const before = await collection();
    await control.advance(10);
    await control.editCollection(ID, { add: ['PC11'], remove: ['PC1'] });
    const after = await collection();
    expect(after['MemberCount']).toBe(before['MemberCount']);
    expect(String(after['LastMemberChangeTime']) > String(before['LastMemberChangeTime'])).toBe(true);
    expect((await members('&$select=Name')).map((row) => row['Name'])).toEqual([...names(11).slice(1)]);
  });
});

describe('data.timeNotMoved: members changed, `LastMemberChangeTime` same second', () => {
  it('members change, the time does not', async () => {
    await start({ 'data.timeNotMoved': true });
    const before = await collection();
    await control.advance(10);
    await control.editCollection(ID, { add: ['PC11'], remove: ['PC1'] });
    expect((await collection())['LastMemberChangeTime']).toBe(before['LastMemberChangeTime']);
    expect((await members()).map((row) => row['ResourceID'])).not.toContain(FIRST);
  });
});

describe('data.duplicates: same member twice; two ResourceIDs sharing one AADDeviceID', () => {
  it('repeats members', async () => {
    await start({ 'data.duplicates': 5 });
    const ids = (await members()).map((row) => row['ResourceID']);
    expect([ids.length, new Set(ids).size]).toEqual([12, 10]);
  });

  it('two systems may share an AADDeviceID', async () => {
    const twins = { devices: [{ name: 'TWIN', deviceId: 'de000000-0000-4000-8000-000000000001', obsolete: true }] };
    await start({}, 10, twins);
    const filter = "AADDeviceID eq 'de000000-0000-4000-8000-000000000001'";
    expect(await admin.list(`SMS_R_System?$filter=${filter}&$select=Name`)).toEqual([
      { Name: 'PC1' },
      { Name: 'TWIN' },
    ]);
  });
});

describe('data.obsolete: IsObsolete / IsDecommissioned twins', () => {
  it('shows both flags on members', async () => {
    await start({}, 10, {
      devices: [
        { name: 'OLD', obsolete: true },
        { name: 'GONE', decommissioned: true },
      ],
      collections: [{ id: 'ABC00101', name: 'Old', members: ['OLD', 'GONE'] }],
    });
    const rows = await admin.list(
      "SMS_FullCollectionMembership?$filter=CollectionID eq 'ABC00101'&$select=Name,IsObsolete,IsDecommissioned",
    );
    expect(rows).toEqual([
      { Name: 'OLD', IsObsolete: true, IsDecommissioned: false },
      { Name: 'GONE', IsObsolete: false, IsDecommissioned: true },
    ]);
  });
});

describe('data.userGroups: ResourceType 3 in user collections; 2 in device ones', () => {
  it('lists both', async () => {
    await start({}, 10, {
      userGroups: [{ name: 'CONTOSO\\Sales' }],
      unknownSystems: ['x64 Unknown Computer'],
      users: [{ name: 'Ann', userName: 'ann' }],
      collections: [
        { id: 'ABC00102', name: 'Users', type: 'user', members: ['CONTOSO\\Sales', 'Ann'] },
        { id: 'ABC00103', name: 'Unknown', members: ['x64 Unknown Computer', 'PC1'] },
      ],
    });
    const types = async (id: string) =>
      (await admin.list(`SMS_FullCollectionMembership?$filter=CollectionID eq '${id}'&$select=ResourceType`)).map(
        (row) => row['ResourceType'],
      );
    expect((await types('ABC00102')).toSorted()).toEqual([3, 4]);
    expect((await types('ABC00103')).toSorted()).toEqual([2, 5]);
    expect((await admin.list('SMS_R_UserGroup?$select=UniqueUsergroupName'))[0]).toEqual({
      UniqueUsergroupName: 'CONTOSO\\Sales',
    });
  });
});

describe('data.otherTenant: `AADTenantID` of another tenant', () => {
  it('shows it', async () => {
    const tenantId = '07e40000-0000-4000-8000-000000000009';
    await start({}, 10, { devices: [{ name: 'FOREIGN', joined: 'site', tenantId }] });
    expect(await admin.list("SMS_R_System?$filter=Name eq 'FOREIGN'&$select=AADTenantID")).toEqual([
      { AADTenantID: tenantId },
    ]);
  });
});

describe('eval.status: CurrentStatus 2 to 8 during reads, evaluation delay after rule changes', () => {
  it('shows any status', async () => {
    await start({ 'eval.status': 4 });
    expect((await collection())['CurrentStatus']).toBe(4);
  });

  it('members follow a rule change after the delay', async () => {
    await start({ 'eval.delayMs': 300_000 });
    await control.editCollection(ID, { remove: ['PC1'] });
    expect([(await collection())['CurrentStatus'], (await members()).length]).toEqual([5, 10]);
    await control.advance(300);
    expect([
      (await collection())['CurrentStatus'],
      (await members()).length,
      (await collection())['MemberCount'],
    ]).toEqual([1, 9, 9]);
  });
});

describe('eval.burst: all collections change at once', () => {
  it('moves the time of every collection', async () => {
    const collections = Array.from({ length: 50 }, (_, i) => ({
      id: `ABC01${String(i).padStart(3, '0')}`,
      name: `C${i}`,
      members: names(5),
    }));
    await start({}, 10, { collections });
    const times = async () =>
      (
        await admin.list(
          "SMS_Collection?$filter=startswith(CollectionID,'ABC')&$select=CollectionID,LastMemberChangeTime",
        )
      ).map((row) => String(row['LastMemberChangeTime']));
    const before = await times();
    await control.advance(60);
    await control.send('POST', '/collections/burst');
    const after = await times();
    expect(after.every((time, i) => time > before[i]!)).toBe(true);
  });
});

describe('collection.deleted: 404, or row gone while members linger', () => {
  it('is gone', async () => {
    await start();
    await control.send('DELETE', `/collections/${ID}`);
    expect((await admin.get(`SMS_Collection('${ID}')`)).status).toBe(404);
    expect(await members()).toEqual([]);
  });

  it('lingers', async () => {
    await start({ 'collection.deletedLinger': true });
    await control.send('DELETE', `/collections/${ID}`);
    expect((await admin.get(`SMS_Collection('${ID}')`)).status).toBe(404);
    expect(await members()).toHaveLength(10);
  });
});

describe('topology.cas: no local evaluation, late replication', () => {
  it('has no evaluation rows and shows changes late', async () => {
    await start({ 'topology.cas': true });
    expect(await admin.list('SMS_CollectionEvaluationFull')).toEqual([]);
    await control.editCollection(ID, { remove: ['PC1'] });
    expect(await members()).toHaveLength(10);
    await control.advance(60);
    expect(await members()).toHaveLength(9);
  });
});

describe('clock.skew: site time differs from ours', () => {
  it('moves every stamp but the never-dates', async () => {
    await start();
    const before = await collection();
    await control.switches({ adminService: { 'clock.skew': 3_600_000 } });
    const after = await collection();
    expect(Date.parse(String(after['LastRefreshTime'])) - Date.parse(String(before['LastRefreshTime']))).toBe(
      3_600_000,
    );
    expect((await collection('SMS00004'))['LastRefreshTime']).toBe('1980-01-01T12:00:00Z');
  });
});

describe('minimum routes', () => {
  it('the classes of the site', async () => {
    await start({ 'odata.memberClass': true }, 10, {
      users: [{ name: 'Ann', userName: 'ann' }],
      userGroups: [{ name: 'G' }],
      unknownSystems: ['X'],
    });
    await control.send('POST', '/cloud-mappings', {
      groupId: '9e000000-0000-4000-8000-000000000001',
      groupName: 'G',
      collectionId: ID,
    });
    for (const name of [
      'SMS_Collection',
      'SMS_FullCollectionMembership',
      'SMS_CombinedDeviceResources',
      'SMS_R_System',
      'SMS_R_User',
      'SMS_R_UserGroup',
      'SMS_R_UnknownSystem',
      'SMS_CollectionAADGroupMapping',
      'SMS_CollectionEvaluationFull',
      'SMS_CollectionEvaluationIncremental',
      'SMS_Identification',
      `SMS_CM_RES_COLL_${ID}`,
    ]) {
      expect([name, (await admin.list(name)).length > 0]).toEqual([name, true]);
    }
    expect((await collection())['CloudSyncCount']).toBe(1);
    expect(await admin.list('SMS_CollectionAADGroupMapping?$select=AADGroupName,CollectionSiteID')).toEqual([
      { AADGroupName: 'G', CollectionSiteID: ID },
    ]);
  });

  it('$metadata, /$count, an unknown class', async () => {
    await start();
    expect((await admin.get('$metadata')).text).toContain(
      '<Property Name="ResourceId" Type="Edm.Int64" Nullable="false"/>',
    );
    expect((await admin.get(`SMS_FullCollectionMembership/$count?$filter=CollectionID eq '${ID}'`)).text).toBe('10');
    expect((await admin.get('SMS_Nothing')).status).toBe(404);
    expect((await admin.get('SMS_Collection?$count=true&$top=1')).body['@odata.count']).toBe(11);
  });

  it('SMS_CM_RES_COLL_<id> is off by default', async () => {
    await start();
    expect((await admin.get(`SMS_CM_RES_COLL_${ID}`)).status).toBe(404);
  });

  it('creates with 201 and the entity at the top, deletes with an empty answer', async () => {
    await start();
    const made = await admin.post('SMS_Collection', {
      Name: 'Made',
      CollectionType: 2,
      LimitToCollectionID: 'SMS00001',
    });
    expect([made.status, made.body]).toMatchObject([
      201,
      { Name: 'Made', MemberCount: 0, LimitToCollectionName: 'All Systems' },
    ]);
    const url = `${sim.adminServiceUrl}/wmi/SMS_Collection('${String(made.body['CollectionID'])}')`;
    const gone = await fetch(url, { method: 'DELETE' });
    expect([gone.status, await gone.text(), (await fetch(url)).status]).toEqual([204, '', 404]);
    expect((await admin.post('SMS_Collection', { Name: 'No type' })).status).toBe(400);
  });

  it('static methods answer a return value; the v1.0 route has $metadata and no class of ours', async () => {
    await start();
    expect((await admin.post('SMS_Collection.Evaluate', {})).body['ReturnValue']).toBe(0);
    expect((await admin.get(`${sim.adminServiceUrl}/v1.0/$metadata`)).status).toBe(200);
    expect((await admin.get(`${sim.adminServiceUrl}/v1.0/SMS_Collection`)).status).toBe(404);
  });

  it('RequestRefresh and AddMembershipRule', async () => {
    await start();
    const refresh = await admin.post(`SMS_Collection('${ID}')/AdminService.RequestRefresh`, {});
    expect([refresh.status, refresh.body['ReturnValue']]).toEqual([201, 0]);
    const rule = {
      '@odata.type': '#AdminService.SMS_CollectionRuleDirect',
      ResourceClassName: 'SMS_R_System',
      RuleName: 'PC11',
      ResourceID: FIRST + 10,
    };
    expect(
      (await admin.post(`SMS_Collection('${ID}')/AdminService.AddMembershipRule`, { collectionRule: rule })).status,
    ).toBe(201);
    expect((await members()).map((row) => row['ResourceID'])).toContain(FIRST + 10);
  });
});

describe('OData that a site refuses', () => {
  it.each([
    "SMS_Collection?$filter=CollectionID in ('A','B')",
    'SMS_Collection?$select=Nothing',
    'SMS_Collection?$filter=CollectionID eq',
    'SMS_Collection?$inlinecount=allpages',
    'SMS_Collection?$top=many',
  ])('%s is 400', async (path) => {
    await start();
    expect((await admin.get(path)).status).toBe(400);
  });

  it.each([
    ["MemberCount ge 10 and (Name eq 'finance pcs' or Name eq 'x')", 1],
    ["not startswith(Name,'Finance')", 10],
    ["contains(Name,'nance') and endswith(Name,'PCs')", 1],
    ["startswith(Name,'All') eq true", 9],
    ['CollectionType eq 2 and IsBuiltIn eq false', 1],
    ["Name eq 'O''Brien'", 0],
  ])('$filter=%s finds %d', async (filter, count) => {
    await start();
    expect(await admin.list(`SMS_Collection?$filter=${filter}`)).toHaveLength(count);
  });
});
