import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export const AUDIENCE = 'https://collection-sync.example';
export const CLIENT = 'collection-sync-console';
export const SCOPE = 'openid profile api';

/** Who may do what here; everybody else has no role. Any password is right. */
const ROLES: Readonly<Record<string, readonly string[]>> = { rita: ['Reader'], otto: ['Operator'] };

export interface SignInProvider {
  readonly issuer: string;
  /** The client is registered once the address of the console is known. */
  register(consoleUrl: string): void;
  close(): Promise<void>;
}

/** A real OpenID provider whose pages people sign in on: a public client, authorization code with PKCE. */
export const startSignInProvider = async (): Promise<SignInProvider> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const register = (consoleUrl: string): void => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT,
          application_type: 'native',
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: [`${consoleUrl}/signed-in`],
          post_logout_redirect_uris: [consoleUrl],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['of this run only'] },
      pkce: { required: () => true },
      clientBasedCORS: (_, origin) => origin === consoleUrl,
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: accountId }) }),
      extraTokenClaims: (_, token) => {
        const { accountId = '' } = token as { accountId?: string };
        return { roles: ROLES[accountId] ?? [], preferred_username: accountId };
      },
      features: {
        resourceIndicators: {
          enabled: true,
          defaultResource: () => AUDIENCE,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: 'api',
            audience: AUDIENCE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 300,
          }),
        },
      },
    });
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
  };
  return {
    issuer,
    register,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
