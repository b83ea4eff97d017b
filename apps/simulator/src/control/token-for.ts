import { randomBytes, randomUUID } from 'node:crypto';
import type { Simulator } from '../start-simulator.js';

/** Registers an application with these roles (or uses the default one) and gets it a token by its secret. */
export async function tokenFor(
  sim: Simulator,
  roles?: string[],
  scope = 'https://graph.microsoft.com/.default',
): Promise<string> {
  const base = sim.controlUrl.replace(/\/control$/, '');
  const credential = roles ? await register(sim, roles) : { clientId: sim.clientId, secret: sim.clientSecret };
  const response = await fetch(`${base}/${sim.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credential.clientId,
      client_secret: credential.secret,
      scope,
    }),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (!answer.access_token) throw new Error(answer.error_description);
  return answer.access_token;
}

async function register(sim: Simulator, roles: string[]): Promise<{ clientId: string; secret: string }> {
  const clientId = randomUUID();
  const secret = randomBytes(16).toString('hex');
  const response = await fetch(`${sim.controlUrl}/oauth/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId, secrets: [{ value: secret }], roles }),
  });
  if (!response.ok) throw new Error(await response.text());
  return { clientId, secret };
}
