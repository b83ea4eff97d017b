import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ClientSecretCredential } from '@azure/identity';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { GROUP, objectId, tenant } from '../test-support/worlds.js';

const trusted = getCACertificates('default');
let sim: Simulator;
let control: ControlClient;
let client: Client;

beforeAll(async () => {
  sim = await startSimulator({
    tlsPort: 0,
    staticToken: false,
    world: tenant(300),
    graph: { partOrder: 'shuffled', headerCase: 'canonical' },
  });
  setDefaultCACertificates([...trusted, sim.https!.ca]);
  control = new ControlClient(sim.controlUrl);
  const credential = new ClientSecretCredential(sim.tenantId, sim.clientId, sim.clientSecret, {
    authorityHost: sim.https!.authorityUrl,
    disableInstanceDiscovery: true,
  });
  client = Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: ['https://graph.microsoft.com/.default'],
    }),
    baseUrl: `${sim.https!.graphUrl}/`,
    customHosts: new Set(['localhost']),
  });
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  await sim.close();
});

const reference = (id: string) => `${sim.https!.graphUrl}/v1.0/directoryObjects/${id}`;
const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => objectId(from + i));

describe('token', () => {
  it('is attached to the simulator as a custom host', async () => {
    const group = (await client.api(`/groups/${GROUP}`).select('id,displayName').get()) as { displayName: string };
    expect(group.displayName).toBe('Group under test');
  });
});

describe('member writes', () => {
  it('PATCH adds 20, POST adds one, DELETE removes one, errors arrive as GraphError', async () => {
    await client.api(`/groups/${GROUP}`).patch({ 'members@odata.bind': ids(1, 20).map(reference) });
    await client.api(`/groups/${GROUP}/members/$ref`).post({ '@odata.id': reference(objectId(21)) });
    await client.api(`/groups/${GROUP}/members/${objectId(1)}/$ref`).delete();
    expect((await control.group(GROUP)).memberCount).toBe(20);
    const failure = await client
      .api(`/groups/${GROUP}/members/$ref`)
      .post({ '@odata.id': reference(objectId(21)) })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).toBeInstanceOf(GraphError);
    expect(failure).toMatchObject({ statusCode: 400, code: 'Request_BadRequest' });
  });
});

describe('paging', () => {
  it('PageIterator reads every device once', async () => {
    const first = (await client.api('/devices').select('id,deviceId').top(100).get()) as PageCollection;
    const seen = new Set<string>();
    await new PageIterator(client, first, (device: { id: string }) => {
      seen.add(device.id);
      return true;
    }).iterate();
    expect(seen.size).toBe(300);
  });
});

describe('$batch', () => {
  it('BatchRequestContent and BatchResponseContent understand each other through it', async () => {
    const json = { 'Content-Type': 'application/json' };
    const steps = [5, 6, 7].map((n) => ({
      id: String(n),
      request: new Request(`https://localhost/groups/${GROUP}`, {
        method: 'PATCH',
        headers: json,
        body: JSON.stringify({ 'members@odata.bind': ids(n * 20, 20).map(reference) }),
      }),
    }));
    const read = { id: 'read', request: new Request(`https://localhost/groups/${GROUP}`, { method: 'GET' }) };
    const content = await new BatchRequestContent([...steps, read]).getContent();
    const answer = new BatchResponseContent((await client.api('/$batch').post(content)) as never);
    expect(steps.map(({ id }) => answer.getResponseById(id).status)).toEqual([204, 204, 204]);
    expect(await answer.getResponseById('read').json()).toMatchObject({ id: GROUP });
  });
});

describe('delta', () => {
  it('PageIterator follows a round to its end, and the next round tells what changed', async () => {
    const first = (await client.api('/devices/delta').select('deviceId,displayName').get()) as PageCollection;
    const seen = new Set<string>();
    const iterator = new PageIterator(client, first, (device: { id: string }) => seen.add(device.id).size > 0);
    await iterator.iterate();
    expect(seen.size).toBe(300);
    await control.send('PATCH', `/directory/${objectId(9)}`, { displayName: 'Renamed' });
    const next = (await client.api(iterator.getDeltaLink() ?? '').get()) as PageCollection;
    expect(next.value).toMatchObject([{ id: objectId(9), displayName: 'Renamed' }]);
  });
});

describe('retry', () => {
  it.each([429, 503, 504])('a request answered %i is repeated after the time that it names', async (status) => {
    await control.fault({ face: 'graph', method: 'GET', times: 1, status, headers: { 'Retry-After': '1' } });
    const group = (await client.api(`/groups/${GROUP}`).get()) as { id: string };
    expect(group.id).toBe(GROUP);
  });

  it.each([
    [403, 'Authorization_RequestDenied'],
    [404, 'Request_ResourceNotFound'],
    [500, 'InternalServerError'],
  ])('a request answered %i is an error with its code and its request', async (statusCode, code) => {
    await control.fault({ face: 'graph', method: 'GET', times: 1, status: statusCode, code });
    const failure = await client
      .api(`/groups/${GROUP}`)
      .get()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GraphError);
    expect(failure).toMatchObject({ statusCode, code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown });
  });
});
