import { env, Part, readJson } from '@collection-sync/core';
import { z } from 'zod';
import { claimedGrants, type ClaimedGrants } from './grants.js';
import type { Authenticator } from './authenticator.js';
import { localToken, LocalTokenAuthenticator } from './local-token.js';
import { OidcAuthenticator } from './oidc.js';

const grantsOf = (text: string, context: z.RefinementCtx): ClaimedGrants =>
  readJson(text, claimedGrants, (message) => context.addIssue({ code: 'custom', message })) ?? z.NEVER;

const variables = z.object({
  API_AUTH: z
    .enum(['oidc', 'token'], 'must be oidc or token')
    .describe('who may use the API: holders of tokens of an OpenID provider, or of the one local token'),
  API_TOKEN_FILE: env.text().optional().describe('where the local token is kept; made at first start'),
  OIDC_ISSUER: env.httpsUrl().optional().describe('the OpenID provider, as its tokens name it'),
  OIDC_AUDIENCE: env.text().optional().describe('what tokens must be made out to'),
  OIDC_CLIENT_ID: env.text().optional().describe('public client that console and command line sign in with'),
  OIDC_SCOPE: env
    .text()
    .optional()
    .describe(
      'scope that they ask for; by default openid profile offline_access <OIDC_AUDIENCE>/.default, as Entra ID needs it',
    ),
  OIDC_ROLES_CLAIM: env
    .text()
    .default('roles')
    .describe('claim with the roles Reader, Operator, Admin; a dot leads into an object'),
  ROLE_GRANTS: env
    .text()
    .transform(grantsOf)
    .optional()
    .describe(
      'JSON list of roles for a part: claim (a value of OIDC_ROLES_CLAIM), role (Reader, Operator, Admin), tenants, collections (ids, ABC0*); best as ROLE_GRANTS_FILE',
    ),
  OIDC_CLOCK_SKEW_SECONDS: env
    .integer(0, 600)
    .default(60)
    .describe('how far the clocks of provider and service may differ'),
});

const NEEDED = { oidc: ['OIDC_ISSUER', 'OIDC_AUDIENCE'], token: ['API_TOKEN_FILE'] } as const;

export const authEnvironment = variables.superRefine((given, context) => {
  for (const name of NEEDED[given.API_AUTH]) {
    if (given[name] === undefined) {
      context.addIssue({ code: 'custom', path: [name], message: `is needed by API_AUTH=${given.API_AUTH}` });
    }
  }
});

/** Who may use the API. */
export const auth: Part<Authenticator> = Part.define({
  environment: authEnvironment,
  make: async ({ environment: given }) =>
    given.API_AUTH === 'token'
      ? new LocalTokenAuthenticator(await localToken(given.API_TOKEN_FILE ?? ''))
      : new OidcAuthenticator({
          issuer: given.OIDC_ISSUER ?? '',
          audience: given.OIDC_AUDIENCE ?? '',
          clientId: given.OIDC_CLIENT_ID,
          scope: given.OIDC_SCOPE,
          rolesClaim: given.OIDC_ROLES_CLAIM,
          grants: given.ROLE_GRANTS,
          clockSkewSeconds: given.OIDC_CLOCK_SKEW_SECONDS,
        }),
});
