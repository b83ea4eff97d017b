import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

export const AUDIENCE = 'https://collection-sync.example';

const key = async (kid: string): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' };
};

const ROLES: Record<string, string[]> = {
  reader: ['Reader'],
  operator: ['Operator'],
  admin: ['Admin'],
  part: ['Berlin'],
  partreader: ['Berlin readers'],
  elsewhere: ['Elsewhere readers'],
  nobody: [],
};

export interface OpenIdProvider {
  readonly issuer: string;
  /** A token for the application of that name: reader, operator, admin, part, partreader, elsewhere or nobody. */
  token(client: string, resource?: string, seconds?: number): Promise<string>;
  /** The provider begins to sign with a new key and forgets the old one. */
  rotate(): Promise<void>;
  /** The provider stops to answer, and answers again. */
  away(is: boolean): void;
  close(): Promise<void>;
}

/** A real OpenID provider on a port of its own. Each role has a client that signs in by itself. */
export const startOpenIdProvider = async (): Promise<OpenIdProvider> => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = Object.keys(ROLES).map((name) => ({
    client_id: name,
    client_secret: `secret-of-${name}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }));
  let lifetime = 7_200;
  const configuration = (jwks: JWK[]): Configuration => ({
    clients,
    jwks: { keys: jwks },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: 'api',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetime,
        }),
      },
    },
    extraTokenClaims: (_, token) => ({ roles: ROLES[String(token.clientId)] ?? [], name: String(token.clientId) }),
  });
  let handler: ReturnType<Provider['callback']>;
  const use = (jwk: JWK): void => {
    handler = new Provider(issuer, configuration([jwk])).callback();
  };
  use(await key('first'));
  let away = false;
  server.on('request', (request, response) => {
    if (away) response.writeHead(503).end();
    else void handler(request, response);
  });
  return {
    issuer,
    token: async (client, resource = AUDIENCE, seconds = 7_200) => {
      lifetime = seconds;
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${client}:secret-of-${client}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'api' }),
      });
      const body = (await answer.json()) as { access_token?: string };
      if (!body.access_token) throw new Error(`the provider gave no token: ${JSON.stringify(body)}`);
      return body.access_token;
    },
    away: (is) => {
      away = is;
    },
    rotate: async () => use(await key(`key-${crypto.randomUUID()}`)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
