import { afterEach, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { GROUP, objectId, tenant } from '../test-support/worlds.js';
import type { GraphSwitches } from './graph-switches.js';

let sim: Simulator;
let graph: GraphHttp;
let control: ControlClient;

async function start(switches: Partial<GraphSwitches> = {}, devices = 5, more: object = {}): Promise<void> {
  sim = await startSimulator({ world: tenant(devices, more), graph: switches });
  graph = new GraphHttp(sim.graphUrl);
  control = new ControlClient(sim.controlUrl);
}

afterEach(() => sim.close());

const names = (n: number) => Array.from({ length: n }, (_, i) => `PC${i + 1}`);
const ref = (n: number) => `${sim.graphUrl}/v1.0/directoryObjects/${objectId(n)}`;

describe('what official SDKs send', () => {
  it('a type in the body', async () => {
    await start();
    const typed = { '@odata.type': '#microsoft.graph.group' };
    const bound = { ...typed, 'members@odata.bind': [ref(1)] };
    expect((await graph.send('PATCH', `/groups/${GROUP}`, bound)).status).toBe(204);
    expect((await graph.send('PATCH', `/groups/${GROUP}`, { ...typed, description: 'x' })).status).toBe(204);
    const reference = { '@odata.type': '#microsoft.graph.referenceCreate', '@odata.id': ref(2) };
    expect((await graph.send('POST', `/groups/${GROUP}/members/$ref`, reference)).status).toBe(204);
    expect((await control.group(GROUP)).memberCount).toBe(2);
  });

  it.each(['microsoft.graph.device', 'graph.device'])('a cast to %s', async (cast) => {
    await start();
    await control.editGroup(GROUP, { add: ['PC1'] });
    const advanced = { ConsistencyLevel: 'eventual' };
    const { body } = await graph.get(`/groups/${GROUP}/members/${cast}?$count=true`, advanced);
    expect(body.value.map(({ id }) => id)).toEqual([objectId(1)]);
  });

  it('a preference for what changed alone', async () => {
    await start();
    const first = await graph.get('/devices/delta?$select=displayName,accountEnabled');
    await control.send('PATCH', `/directory/${objectId(1)}`, { displayName: 'Renamed' });
    const link = first.body['@odata.deltaLink'] ?? '';
    const whole = { id: objectId(1), displayName: 'Renamed', accountEnabled: true };
    expect((await graph.get(link)).body.value).toEqual([whole]);
    const minimal = await graph.get(link, { Prefer: 'return=minimal' });
    expect(minimal.body.value).toEqual([{ id: objectId(1), displayName: 'Renamed' }]);
  });
});

describe('listings as they may come', () => {
  it('with empty pages in the middle, a member twice, and one left out (emptyPages, memberListing)', async () => {
    await start({ emptyPages: 2, memberListing: { omit: 100, repeat: true } }, 150);
    await control.editGroup(GROUP, { add: names(150) });
    const sizes: number[] = [];
    const seen: string[] = [];
    for (let link: string | undefined = `/groups/${GROUP}/members`; link;) {
      const { body } = await graph.get(link);
      sizes.push(body.value.length);
      seen.push(...body.value.map(({ id }) => id));
      link = body['@odata.nextLink'];
    }
    expect(sizes).toEqual([100, 0, 50]);
    expect(seen.filter((id) => id === objectId(1))).toHaveLength(2);
    expect(seen).not.toContain(objectId(100));
  });

  it('with objects left out of a first round (delta.omit)', async () => {
    await start();
    const { delta } = (await control.send<{ graph: GraphSwitches }>('GET', '/switches')).graph;
    await control.switches({ graph: { delta: { ...delta, omit: 2 } } });
    expect((await graph.get('/devices/delta')).body.value).toHaveLength(3);
  });

  it('with links that are good for a while only (pageTokenMs)', async () => {
    await start({ pageTokenMs: 60_000 }, 150);
    const { body } = await graph.get('/devices');
    await control.advance(61);
    const late = await graph.get(body['@odata.nextLink'] ?? '');
    expect([late.status, late.body.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
  });

  it('without properties that have no value (nullProperties)', async () => {
    await start({ nullProperties: 'absent' });
    const { body } = await graph.get(`/groups/${GROUP}`);
    expect(body).toHaveProperty('displayName');
    expect(body).not.toHaveProperty('membershipRule');
  });

  it('with users of the cloud alone, who have neither SID nor account name', async () => {
    await start({}, 1, { users: [{ name: 'Ann', userName: 'ann', upn: 'ann@contoso.example', cloudOnly: true }] });
    const select = 'onPremisesSecurityIdentifier,onPremisesSamAccountName';
    const { body } = await graph.get(`/users/ann@contoso.example?$select=${select}`);
    expect(body).toMatchObject({ onPremisesSecurityIdentifier: null, onPremisesSamAccountName: null });
  });
});

describe('the control API', () => {
  it('takes a call without a body where every property may be left out', async () => {
    await start();
    const path = `${sim.controlUrl}/devices/PC1/re-register`;
    expect((await fetch(path, { method: 'POST' })).status).toBe(200);
    const empty = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '' };
    expect((await fetch(path, empty)).status).toBe(200);
    expect((await fetch(`${sim.controlUrl}/reset`, { method: 'POST' })).status).toBe(200);
  });

  it('restores a deleted device with its id and its memberships', async () => {
    await start();
    await control.editGroup(GROUP, { add: ['PC1', 'PC2'] });
    const path = `/devices/${objectId(1)}?$select=id,deviceId,displayName`;
    const before = await graph.get(path);
    await control.deviceAction('PC1', 'delete');
    expect((await graph.get(path)).status).toBe(404);
    expect((await control.group(GROUP)).memberCount).toBe(1);
    await control.send('POST', `/directory/${objectId(1)}/restore`);
    expect((await graph.get(path)).body).toEqual(before.body);
    expect((await control.group(GROUP)).memberCount).toBe(2);
  });
});
