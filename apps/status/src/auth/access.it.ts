import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeJwt, SignJWT } from 'jose';
import { API_ROOT, ROLES, type Contract } from '../http/contract.js';
import { allContracts } from '../routes.js';
import { AUDIENCE, startOpenIdProvider, type OpenIdProvider } from '../../test/openid-provider.js';
import { groupId, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';
import { OidcAuthenticator } from './oidc.js';

let provider: OpenIdProvider;
let status: Fixture;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  provider = await startOpenIdProvider();
  status = await startFixture({
    auth: new OidcAuthenticator({ issuer: provider.issuer, audience: AUDIENCE, clockSkewSeconds: 5 }),
    settings: { failedSignIns: 10_000 },
  });
  for (const role of ['reader', 'operator', 'admin', 'nobody']) tokens[role] = await provider.token(role);
});
afterAll(async () => {
  await status.close();
  await provider.close();
});

const ID = '11111111-1111-4111-8111-111111111111';
const addressOf = ({ path }: Contract): string =>
  path
    .replace('{tenant}', TENANT)
    .replace('{group}', groupId(77))
    .replace('{id}', path.startsWith('/collections') ? 'ABC00099' : ID);

const ask = async (contract: Contract, token?: string): Promise<number> => {
  const stop = new AbortController();
  const answer = await fetch(`${status.base}${API_ROOT}${addressOf(contract)}`, {
    method: contract.method,
    signal: stop.signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(contract.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(contract.body ? { body: '{}' } : {}),
  });
  stop.abort();
  return answer.status;
};

const contracts = allContracts();
const CALLERS = [
  ['nobody at all', undefined, 'Public'],
  ['a reader', 'reader', 'Reader'],
  ['an operator', 'operator', 'Operator'],
  ['an administrator', 'admin', 'Admin'],
] as const;

describe.each(contracts.map((contract) => [contract.id, contract] as const))('%s', (_, contract) => {
  it.each(CALLERS)('for %s', async (_who, caller, role) => {
    const code = await ask(contract, caller && tokens[caller]);
    const allowed = ROLES.indexOf(role) >= ROLES.indexOf(contract.role);
    if (allowed) expect([401, 403]).not.toContain(code);
    else expect(code).toBe(caller === undefined ? 401 : 403);
    expect(code).toBeLessThan(504);
  });

  it('for somebody without a role', async () => {
    const code = await ask(contract, tokens['nobody']);
    if (contract.role === 'Public') expect(code).toBe(200);
    else expect(code).toBe(403);
  });
});

describe('a token', () => {
  const me = (token: string) =>
    status.request<{ detail: string; name: string; role: string }>('GET', '/me', undefined, {
      authorization: `Bearer ${token}`,
    });

  it('of the provider tells who calls, and as what', async () => {
    expect(await me(tokens['operator'] ?? '')).toMatchObject({
      status: 200,
      body: { name: 'operator', role: 'Operator' },
    });
  });

  it('for another audience is refused', async () => {
    const answer = await me(await provider.token('admin', 'https://elsewhere.example'));
    expect(answer).toMatchObject({ status: 401, body: { detail: expect.stringContaining('aud') as string } });
  });

  it('that somebody else signed, or nobody, is refused', async () => {
    const claims = decodeJwt(tokens['admin'] ?? '');
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode('x'.repeat(32)));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    const torn = `${tokens['admin']?.slice(0, -10)}AAAAAAAAAA`;
    for (const token of [forged, unsigned, torn]) expect((await me(token)).status).toBe(401);
  });

  it('that has ended is told so, and is no failed sign-in however often it comes', async () => {
    const strict = await startFixture({
      auth: new OidcAuthenticator({ issuer: provider.issuer, audience: AUDIENCE, clockSkewSeconds: 0 }),
      settings: { failedSignIns: 1 },
    });
    try {
      const ended = await provider.token('reader', AUDIENCE, 1);
      await expect
        .poll(async () => (await strict.request('GET', '/me', undefined, { authorization: `Bearer ${ended}` })).status)
        .toBe(401);
      for (let n = 0; n < 3; n += 1) {
        const answer = await strict.request('GET', '/me', undefined, { authorization: `Bearer ${ended}` });
        expect(answer).toMatchObject({ status: 401, body: { detail: 'The token has expired.' } });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      }
    } finally {
      await strict.close();
    }
  });

  it('is accepted while the provider is away, once its keys are known', async () => {
    const token = await provider.token('reader');
    expect((await me(token)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      provider.away(true);
      vi.setSystemTime(Date.now() + 11 * 60_000);
      expect((await me(token)).status).toBe(200);
    } finally {
      provider.away(false);
      vi.useRealTimers();
    }
  });

  it('signed with a new key of the provider is accepted without a restart, one of the old key no more', async () => {
    const old = tokens['admin'] ?? '';
    expect((await me(old)).status).toBe(200);
    // jose asks for the keys again at most every five seconds
    await provider.rotate();
    const fresh = await provider.token('admin');
    await expect.poll(async () => (await me(fresh)).status, { timeout: 15_000, interval: 250 }).toBe(200);
    expect((await me(old)).status).toBe(401);
  });
});

describe('whoever fails again and again', () => {
  it('is told to wait, while a valid token passes', async () => {
    const strict = await startFixture({ settings: { failedSignIns: 3 } });
    try {
      const codes: number[] = [];
      for (let n = 0; n < 6; n += 1)
        codes.push((await strict.request('GET', '/me', undefined, { authorization: 'Bearer no' })).status);
      expect(codes).toEqual([401, 401, 401, 429, 429, 429]);
      const none = await strict.request('GET', '/me', undefined, { authorization: '' });
      expect(none.status).toBe(401);
      expect(none.headers.get('www-authenticate')).toBe('Bearer');
      expect((await strict.request('GET', '/me')).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

describe('signing in', () => {
  it('asks for the scope of the API, without which Entra ID issues no token for it', async () => {
    const answer = await status.request('GET', '/sign-in');
    expect(answer.body).toMatchObject({ scope: `openid profile offline_access ${AUDIENCE}/.default` });
  });

  it('is possible at the hosts that the provider names, and no other', async () => {
    const page = await fetch(status.base, { headers: { accept: 'text/html' } });
    await page.text();
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${provider.issuer};`);
  });
});
