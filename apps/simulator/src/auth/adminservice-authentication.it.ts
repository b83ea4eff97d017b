import { request, Agent } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
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

// real tokens: libs/configmgr/src/sign-in/negotiate.it.ts
it('negotiate: a made-up token is refused', async () => {
  await start({ 'auth.mode': 'negotiate' });
  expect(await get(new Agent())).toEqual({ status: 401, challenge: 'Negotiate' });
  const made = Buffer.from('not a token').toString('base64');
  expect((await get(new Agent(), `Negotiate ${made}`)).status).toBe(401);
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
