import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { makeCertificate } from '@collection-sync/testing';
import { startSimulator, TEN_STEP, type Simulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphTenants } from './graph-tenants.js';
import { getGroup } from './groups.js';
import type { TenantConfig } from './tenant-config.js';

const trusted = getCACertificates('default');
let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({ tlsPort: 0, staticToken: false });
  setDefaultCACertificates([...trusted, sim.https?.ca ?? '']);
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await sim.close();
});

const client = (config: Partial<TenantConfig> = {}, secret = sim.clientSecret) => {
  const tenant = config.tenant ?? sim.tenantId;
  const tenants = new GraphTenants([
    {
      tenant,
      baseUrl: sim.https?.graphUrl,
      authorityHost: sim.https?.authorityUrl,
      disableInstanceDiscovery: true,
      credential: { kind: 'secret', clientId: sim.clientId, secret },
      ...config,
    },
  ]);
  return tenants.client(tenant);
};

const register = async (app: { clientId: string; certificates: string[] }): Promise<void> => {
  const answer = await fetch(`${sim.controlUrl}/oauth/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(app),
  });
  expect(answer.status).toBe(201);
};

describe('sign-in with a real credential', () => {
  it('gives tokens that Graph accepts, one for many requests', async () => {
    const graph = client();
    const groups = await Promise.all([1, 2, 3].map(() => getGroup(graph, TEN_STEP.groupId)));
    expect(groups.map((group) => group?.id)).toEqual([1, 2, 3].map(() => TEN_STEP.groupId));
  });

  it('says in the words of Entra why it is refused, without the secret', async () => {
    const refused = getGroup(client({}, 'hunter2'), TEN_STEP.groupId);
    await expect(refused).rejects.toMatchObject({
      code: 'GRAPH_SIGN_IN_REFUSED',
      message: expect.stringContaining('AADSTS7000215') as unknown,
    });
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });

  it('reads a secret that was replaced in its file, without a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secret-'));
    const secretFile = join(folder, 'secret');
    const graph = client({ credential: { kind: 'secret', clientId: sim.clientId, secretFile } });
    const signedIn = () => getGroup(graph, TEN_STEP.groupId);
    await expect(signedIn()).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    await writeFile(secretFile, 'expired');
    await expect(signedIn()).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    await writeFile(secretFile, `${sim.clientSecret}\n`);
    expect((await signedIn())?.id).toBe(TEN_STEP.groupId);
    await rm(folder, { recursive: true });
  });

  it('takes a certificate that was made as docs/operations.md says', async () => {
    const page = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const [, block = ''] = /### A certificate for an application\n.*?```sh\n(.*?)```/s.exec(page) ?? [];
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    await promisify(execFile)('sh', ['-ec', block], { cwd: folder });
    const clientId = randomUUID();
    await register({ clientId, certificates: [await readFile(join(folder, 'writer.crt'), 'utf8')] });
    const certificateFile = join(folder, 'writer.pem');
    const graph = client({ credential: { kind: 'certificate', clientId, certificateFile } });
    expect((await getGroup(graph, TEN_STEP.groupId))?.id).toBe(TEN_STEP.groupId);
    await rm(folder, { recursive: true });
  });

  it('reads a certificate that was replaced in its file, without a restart', async () => {
    const [old, renewed] = await Promise.all([makeCertificate('rsa'), makeCertificate('rsa')]);
    const clientId = randomUUID();
    await register({ clientId, certificates: [renewed.cert] });
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const certificateFile = join(folder, 'client.pem');
    const keep = ({ cert, key }: typeof old) => writeFile(certificateFile, `${cert}${key}`);
    await keep(old);
    const graph = client({ credential: { kind: 'certificate', clientId, certificateFile } });
    const signedIn = () => getGroup(graph, TEN_STEP.groupId);
    await expect(signedIn()).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN_REFUSED' });
    await keep(renewed);
    expect((await signedIn())?.id).toBe(TEN_STEP.groupId);
    await rm(folder, { recursive: true });
  });

  it('is refused for a tenant that does not exist', async () => {
    const tenant = '9b2e0000-0000-4000-8000-000000000009';
    await expect(getGroup(client({ tenant }), TEN_STEP.groupId)).rejects.toMatchObject({
      code: 'GRAPH_SIGN_IN_REFUSED',
    });
  });

  it('is unavailable while the authority cannot be reached', async () => {
    const nowhere = client({ authorityHost: 'https://127.0.0.1:1' });
    const asked = nowhere.request({ method: 'GET', path: '/groups', deadlineMs: 3_000 });
    await expect(asked).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE', retryable: true });
  });
});
