import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlClient } from '../control/control-client.js';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { selfSigned } from '../test-support/certificates.js';
import { GraphHttp } from '../test-support/graph-http.js';
import { TEN_STEP } from '../world/ten-step-world.js';

const SCOPE = 'https://graph.microsoft.com/.default';
const trusted = getCACertificates('default');
let sim: Simulator;
let control: ControlClient;
let folder: string;

beforeAll(async () => {
  sim = await startSimulator({ tlsPort: 0, staticToken: false });
  setDefaultCACertificates([...trusted, sim.https!.ca]);
  control = new ControlClient(sim.controlUrl);
  folder = await mkdtemp(join(tmpdir(), 'identity-'));
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  await rm(folder, { recursive: true, force: true });
  await sim.close();
});

const options = () => ({
  authorityHost: sim.https!.authorityUrl,
  disableInstanceDiscovery: true,
  retryOptions: { maxRetries: 0 },
});

async function token(credential: TokenCredential, scope = SCOPE): Promise<string> {
  const answer = await credential.getToken(scope);
  if (!answer) throw new Error('No token.');
  return answer.token;
}

const groupStatus = async (bearer: string) =>
  (await new GraphHttp(sim.https!.graphUrl, bearer).get(`/groups/${TEN_STEP.groupId}`)).status;

describe('client secret', () => {
  it('gets a token that Graph accepts', async () => {
    const credential = new ClientSecretCredential(sim.tenantId, sim.clientId, sim.clientSecret, options());
    expect(await groupStatus(await token(credential))).toBe(200);
  });

  it.each<[string, () => [string, string, string], RegExp]>([
    ['a wrong secret', () => [sim.tenantId, sim.clientId, 'wrong'], /AADSTS7000215/],
    ['an unknown application', () => [sim.tenantId, randomUUID(), 'x'], /AADSTS700016/],
    [
      'an unknown tenant',
      () => [randomUUID(), sim.clientId, sim.clientSecret],
      /AADSTS90002|endpoints_resolution_error/,
    ],
  ])('%s is refused', async (_, identity, reason) => {
    await expect(token(new ClientSecretCredential(...identity(), options()))).rejects.toThrow(reason);
  });

  it('an expired secret is refused with its own code', async () => {
    const clientId = randomUUID();
    const secrets = [{ value: 'old', expiresAt: '2020-01-01T00:00:00Z' }];
    await control.send('POST', '/oauth/apps', { clientId, secrets });
    await expect(token(new ClientSecretCredential(sim.tenantId, clientId, 'old', options()))).rejects.toThrow(
      /AADSTS7000222/,
    );
  });

  it('a resource that the tenant does not know is refused', async () => {
    const credential = new ClientSecretCredential(sim.tenantId, sim.clientId, sim.clientSecret, options());
    await expect(token(credential, 'https://nobody.example/.default')).rejects.toThrow(/AADSTS500011/);
  });
});

describe('certificate', () => {
  it('gets a token with a registered certificate, not with another', async () => {
    const [own, other] = [await selfSigned('own'), await selfSigned('other')];
    const clientId = randomUUID();
    await control.send('POST', '/oauth/apps', { clientId, certificates: [own.certificate] });
    const credential = (pem: string) =>
      new ClientCertificateCredential(sim.tenantId, clientId, { certificate: pem }, options());
    expect(await groupStatus(await token(credential(own.pem)))).toBe(200);
    await expect(token(credential(other.pem))).rejects.toThrow(/AADSTS700027/);
  });
});

describe('workload identity', () => {
  it('exchanges a projected service account token; another subject or key is refused', async () => {
    const issuer = 'https://cluster.example';
    const subject = 'system:serviceaccount:collection-sync:writer';
    const keys = await generateKeyPair('RS256', { extractable: true });
    const other = await generateKeyPair('RS256');
    const clientId = randomUUID();
    const jwk = await exportJWK(keys.publicKey);
    await control.send('POST', '/oauth/apps', { clientId, federated: [{ issuer, subject, jwk }] });
    const get = async (key: CryptoKey, sub: string, audience = 'api://AzureADTokenExchange') => {
      const assertion = await new SignJWT({})
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(issuer)
        .setSubject(sub)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(key);
      const tokenFilePath = join(folder, randomUUID());
      await writeFile(tokenFilePath, assertion);
      return token(new WorkloadIdentityCredential({ tenantId: sim.tenantId, clientId, tokenFilePath, ...options() }));
    };
    expect(await groupStatus(await get(keys.privateKey, subject))).toBe(200);
    await expect(get(keys.privateKey, 'system:serviceaccount:other:one')).rejects.toThrow(/AADSTS700213/);
    await expect(get(keys.privateKey, subject, 'api://other')).rejects.toThrow(/AADSTS700212/);
    await expect(get(other.privateKey, subject)).rejects.toThrow(/AADSTS7000272/);
  });
});

describe('expiry, rotation, wrong audience', () => {
  const fresh = () => token(new ClientSecretCredential(sim.tenantId, sim.clientId, sim.clientSecret, options()));

  it('a token for another resource is refused by Graph', async () => {
    const credential = new ClientSecretCredential(sim.tenantId, sim.clientId, sim.clientSecret, options());
    expect(await groupStatus(await token(credential, 'https://management.azure.com/.default'))).toBe(401);
  });

  it('keys rotate: old tokens stay good until the old key is forgotten', async () => {
    const before = await fresh();
    await control.send('POST', '/oauth/rotate-keys', {});
    expect([await groupStatus(before), await groupStatus(await fresh())]).toEqual([200, 200]);
    await control.send('POST', '/oauth/rotate-keys', { forgetOld: true });
    expect([await groupStatus(before), await groupStatus(await fresh())]).toEqual([401, 200]);
  });

  it('a token expires', async () => {
    const early = await fresh();
    await control.advance(3600);
    expect(await groupStatus(early)).toBe(401);
    expect(await groupStatus(await fresh())).toBe(200);
  });

  it('text that is no token is refused when static tokens are off', async () => {
    expect(await groupStatus('any-token')).toBe(401);
  });
});

describe('https endpoint (tls), tls.privateRoot (on): certificate from a private CA', () => {
  it('is refused without the root and accepted with it', async () => {
    const get = () => fetch(`${sim.https!.authorityUrl}/${sim.tenantId}/v2.0/.well-known/openid-configuration`);
    setDefaultCACertificates(trusted);
    const other = await startSimulator({ tlsPort: 0 });
    await expect(fetch(`${other.https!.authorityUrl}/common/discovery/instance`)).rejects.toThrow();
    setDefaultCACertificates([...trusted, sim.https!.ca]);
    expect((await get()).status).toBe(200);
    await other.close();
  });

  it('off: there is no https endpoint', async () => {
    const plain = await startSimulator({});
    expect(plain.https).toBeUndefined();
    await plain.close();
  });
});
