import { request, Agent } from 'node:http';
import { startKerberos } from '@collection-sync/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../start-simulator.js';
import { tokenFor } from '../control/token-for.js';
import { AdminHttp } from '../test-support/admin-http.js';
import { ControlClient } from '../control/control-client.js';
import type { AdminServiceSwitches } from '../adminservice/adminservice-switches.js';
import { ntlmType } from './ntlm.js';

let sim: Simulator;

async function start(switches: Partial<AdminServiceSwitches>): Promise<void> {
  sim = await startSimulator({ adminService: switches });
}

afterEach(async () => {
  await sim.close();
});

/** The part of the package `kerberos` that a client needs. */
interface ClientSide {
  GSS_MECH_OID_SPNEGO: number;
  initializeClient(
    service: string,
    options: { mechOID: number },
  ): Promise<{ step(challenge: string): Promise<string> }>;
}

interface Reply {
  status: number;
  challenge: string;
}

/** A GET over a given connection. */
function get(agent: Agent, authorization?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
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
}

const oneSocket = () => new Agent({ keepAlive: true, maxSockets: 1 });

describe('with a real Kerberos realm', () => {
  let environment: Record<string, string>;

  beforeAll(async () => {
    const realm = await startKerberos();
    environment = { ...realm.serverEnv, ...realm.clientEnv };
  }, 600_000);

  beforeEach(() => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    return () => vi.unstubAllEnvs();
  });

  async function token(): Promise<string> {
    const optional: string = 'kerberos';
    const { default: kerberos } = (await import(optional)) as { default: ClientSide };
    const client = await kerberos.initializeClient('HTTP@localhost', { mechOID: kerberos.GSS_MECH_OID_SPNEGO });
    return client.step('');
  }

  describe('auth.everyRequest (on): 401 + `WWW-Authenticate: Negotiate` on each request without a token, even on a kept-alive socket', () => {
    it('a token admits one request, not the connection', async () => {
      await start({ 'auth.mode': 'negotiate' });
      const agent = oneSocket();
      expect(await get(agent)).toEqual({ status: 401, challenge: 'Negotiate' });
      const admitted = await get(agent, `Negotiate ${await token()}`);
      expect(admitted.status).toBe(200);
      expect(admitted.challenge).toMatch(/^Negotiate \S+/);
      expect((await get(agent)).status).toBe(401);
      expect((await get(agent, `Negotiate ${await token()}`)).status).toBe(200);
      agent.destroy();
    });

    it('off: the connection stays admitted', async () => {
      await start({ 'auth.mode': 'negotiate', 'auth.everyRequest': false });
      const agent = oneSocket();
      await get(agent, `Negotiate ${await token()}`);
      expect((await get(agent)).status).toBe(200);
      agent.destroy();
    });
  });

  it('a made-up token is refused', async () => {
    await start({ 'auth.mode': 'negotiate' });
    const made = Buffer.from('not a token').toString('base64');
    expect((await get(new Agent(), `Negotiate ${made}`)).status).toBe(401);
  });

  it('auth.rejectToken: 401 for a valid-looking token', async () => {
    await start({ 'auth.mode': 'negotiate', 'auth.rejectToken': true });
    expect((await get(new Agent(), `Negotiate ${await token()}`)).status).toBe(401);
  });
});

describe('auth.ntlmLegs: three-leg exchange bound to a socket', () => {
  const message = (type: number) => {
    const bytes = Buffer.alloc(64);
    bytes.write('NTLMSSP\0', 0, 'latin1');
    bytes.writeUInt32LE(type, 8);
    return `NTLM ${bytes.toString('base64')}`;
  };

  it('admits the third leg on the same connection only', async () => {
    await start({ 'auth.mode': 'negotiate', 'auth.ntlmLegs': true });
    const agent = oneSocket();
    expect((await get(agent)).challenge).toBe('Negotiate, NTLM');
    const challenged = await get(agent, message(1));
    expect([challenged.status, ntlmType(challenged.challenge.slice('NTLM '.length))]).toEqual([401, 2]);
    expect((await get(new Agent(), message(3))).status).toBe(401);
    expect((await get(agent, message(3))).status).toBe(200);
    agent.destroy();
  });

  it('is not offered by default', async () => {
    await start({ 'auth.mode': 'negotiate' });
    expect((await get(new Agent(), message(1))).challenge).toBe('Negotiate');
  });
});

describe('bearer', () => {
  it('asks for a token on every request', async () => {
    await start({ 'auth.mode': 'bearer' });
    expect((await get(new Agent())).challenge).toBe('Bearer');
    expect(
      (await new AdminHttp(sim.adminServiceUrl, { authorization: 'Bearer any' }).get('SMS_Identification')).status,
    ).toBe(200);
    const refused = (await new ControlClient(sim.controlUrl).journal()).map((entry) => entry.status);
    expect(refused).toEqual([401, 200]);
  });

  it('takes a token for the site, not one for Graph', async () => {
    sim = await startSimulator({ adminService: { 'auth.mode': 'bearer' }, staticToken: false });
    const statusOf = async (scope: string) => {
      const authorization = `Bearer ${await tokenFor(sim, undefined, scope)}`;
      return (await new AdminHttp(sim.adminServiceUrl, { authorization }).get('SMS_Identification')).status;
    };
    expect(await statusOf('https://ConfigMgrService/.default')).toBe(200);
    expect(await statusOf('https://graph.microsoft.com/.default')).toBe(401);
    expect((await get(new Agent(), 'Bearer any')).status).toBe(401);
  });
});
