import { Agent, request } from 'node:http';
import { startKerberos } from '@collection-sync/testing';
import { startSimulator, type Simulator } from '@collection-sync/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { negotiateSignIn } from './negotiate.js';

let sim: Simulator;
const start = async (switches: Record<string, unknown>): Promise<void> => {
  sim = await startSimulator({ adminService: { 'auth.mode': 'negotiate', ...switches } });
};
const signIn = negotiateSignIn({ service: 'HTTP@localhost' });
const token = () => signIn.authorization('cm01.contoso.com');

/** A GET over a given connection. */
const get = (agent: Agent, authorization?: string): Promise<{ status: number; challenge: string }> =>
  new Promise((resolve, reject) => {
    const headers = authorization ? { authorization } : {};
    const sent = request(`${sim.adminServiceUrl}/wmi/SMS_Identification`, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, challenge: response.headers['www-authenticate'] ?? '' }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
const oneSocket = () => new Agent({ keepAlive: true, maxSockets: 1 });

const stub = (environment: Record<string, string>): void => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};

describe('a token of a real Kerberos realm', () => {
  beforeAll(async () => {
    const realm = await startKerberos();
    stub({ ...realm.serverEnv, ...realm.clientEnv });
  }, 600_000);
  afterAll(() => vi.unstubAllEnvs());
  afterEach(() => sim.close());

  it('admits one request, not the connection; the answer completes mutual authentication', async () => {
    await start({});
    const agent = oneSocket();
    const admitted = await get(agent, await token());
    expect(admitted.status).toBe(200);
    expect(admitted.challenge).toMatch(/^Negotiate \S+/);
    expect(await get(agent)).toEqual({ status: 401, challenge: 'Negotiate' });
    expect((await get(agent, await token())).status).toBe(200);
    agent.destroy();
  });

  it('admits the connection where the site remembers it', async () => {
    await start({ 'auth.everyRequest': false });
    const agent = oneSocket();
    await get(agent, await token());
    expect((await get(agent)).status).toBe(200);
    agent.destroy();
  });

  it('is refused with 401 by a site that does not want it', async () => {
    await start({ 'auth.rejectToken': true });
    expect((await get(new Agent(), await token())).status).toBe(401);
  });

  it('is made for each of many at once', async () => {
    await start({});
    const tokens = await Promise.all(Array.from({ length: 40 }, token));
    const answers = await Promise.all(tokens.map((one) => get(new Agent(), one)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(tokens).size).toBe(40);
  });
});

it('without a ticket and a keytab the reason of Kerberos is told, and what to check', async () => {
  stub({ KRB5_CONFIG: '/dev/null', KRB5CCNAME: 'MEMORY:none', KRB5_CLIENT_KTNAME: '/nowhere/capture.keytab' });
  await expect(token()).rejects.toMatchObject({
    code: 'SOURCE_SIGN_IN_REFUSED',
    message: expect.stringMatching(
      /(No Kerberos credentials available|credential not found).* Check the keytab that KRB5_CLIENT_KTNAME names/,
    ),
  });
  vi.unstubAllEnvs();
});
