import * as client from 'openid-client';
import type { Saved } from './config.js';

const configurationOf = (issuer: string, clientId: string): Promise<client.Configuration> =>
  client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    execute: new URL(issuer).protocol === 'http:' ? [client.allowInsecureRequests] : [],
  });

const keep = (
  tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  issuer: string,
  clientId: string,
): Omit<Saved, 'url'> => {
  const seconds = tokens.expiresIn();
  return {
    token: tokens.access_token,
    ...(tokens.refresh_token ? { refresh: { issuer, clientId, token: tokens.refresh_token } } : {}),
    ...(seconds === undefined ? {} : { expiresAt: new Date(Date.now() + seconds * 1_000).toISOString() }),
  };
};

/** Signs in on another device: https://www.rfc-editor.org/rfc/rfc8628 */
export const deviceLogin = async (
  given: { issuer: string; clientId: string; scope: string },
  show: (address: string, code: string) => void,
  parameters: Record<string, string> = {},
): Promise<Omit<Saved, 'url'>> => {
  const configuration = await configurationOf(given.issuer, given.clientId);
  const started = await client.initiateDeviceAuthorization(configuration, { scope: given.scope, ...parameters });
  show(started.verification_uri_complete ?? started.verification_uri, started.user_code);
  return keep(await client.pollDeviceAuthorizationGrant(configuration, started), given.issuer, given.clientId);
};

export const refreshLogin = async ({
  issuer,
  clientId,
  token,
}: NonNullable<Saved['refresh']>): Promise<Omit<Saved, 'url'>> => {
  const configuration = await configurationOf(issuer, clientId);
  return keep(await client.refreshTokenGrant(configuration, token), issuer, clientId);
};
