import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.js';
import { deviceLogin, refreshLogin } from './device-login.js';

const AUDIENCE = 'https://collection-sync.example';
let server: Server;
let issuer: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'collsync',
        token_endpoint_auth_method: 'none',
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    features: {
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'api', audience: AUDIENCE, accessTokenFormat: 'jwt' }),
      },
    },
    scopes: ['openid', 'offline_access', 'api'],
    extraTokenClaims: () => ({ roles: ['Operator'] }),
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
});
afterAll(() => server.close());

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('signing in on another device', () => {
  it('gives a token with the roles, and one to renew it with', async () => {
    let approving: Promise<void> = Promise.resolve();
    const show = (address: string): void => {
      approving = approve(address);
    };
    const session = await deviceLogin({ issuer, clientId: 'collsync', scope: 'openid offline_access api' }, show);
    await approving;
    expect(claimsOf(session.token)).toMatchObject({ iss: issuer, aud: AUDIENCE, roles: ['Operator'], sub: 'ann' });
    expect(Date.parse(session.expiresAt ?? '')).toBeGreaterThan(Date.now());
    if (!session.refresh) throw new Error('there is no token to renew with');
    const renewed = await refreshLogin(session.refresh);
    expect(renewed.token).not.toBe(session.token);
    expect(claimsOf(renewed.token)).toMatchObject({ sub: 'ann', roles: ['Operator'] });
  });
});

/** What Ann does in her browser. */
const approve = async (address: string): Promise<void> => {
  const browser = new Browser();
  await browser.open(address);
  await browser.send({});
  await browser.send({ confirm: 'yes' });
  await browser.send({ prompt: 'login', login: 'ann', password: 'x' });
  await browser.send({ prompt: 'consent' });
};
