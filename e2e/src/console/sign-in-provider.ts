import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export const AUDIENCE = 'https://collection-sync.example';
export const CLIENT = 'collection-sync-console';
/** Without it there is no token for the API, as at Entra ID. */
const SCOPE = `${AUDIENCE}/.default`;

/** Who may do what here; everybody else has no role. Any password is right. */
const ROLES: Readonly<Record<string, readonly string[]>> = { rita: ['Reader'], otto: ['Operator'] };

export interface SignInProvider {
  readonly issuer: string;
  /** The client is registered once the address of the console is known. */
  register(consoleUrl: string): void;
  close(): Promise<void>;
}

/**
 * A real OpenID provider whose pages people sign in on: a public client, authorization code with PKCE. Like Entra ID it issues a token for
 * the API only to who asks for its scope, and has its endpoints at another origin than the issuer's.
 */
export const startSignInProvider = async (): Promise<SignInProvider> => {
  const [server, front] = await Promise.all([listen(), listen()]);
  const endpoints = originOf(server);
  const issuer = originOf(front);
  front.on('request', (request, response) => {
    void fetch(`${endpoints}${request.url ?? ''}`)
      .then(async (found) =>
        response
          .writeHead(found.status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
          .end(await found.text()),
      )
      .catch(() => response.destroy());
  });
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const register = (consoleUrl: string): void => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT,
          application_type: 'web',
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: [`${consoleUrl}/signed-in`],
          post_logout_redirect_uris: [consoleUrl],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['of this run only'] },
      scopes: ['openid', 'offline_access', SCOPE],
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
          defaultResource: ({ oidc }) => (oidc.params?.['scope']?.toString().includes(SCOPE) ? AUDIENCE : []),
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: SCOPE,
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
      for (const each of [server, front]) {
        each.closeAllConnections();
        each.close();
        await once(each, 'close');
      }
    },
  };
};

const listen = async (): Promise<Server> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
