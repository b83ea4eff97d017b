import { AppError, Part, type TokenSource } from '@collection-sync/core';
import { createCredential } from './credentials.js';
import { tenantConfig, type TenantConfig } from './tenant-config.js';
import { ofVariables, tenantVariables } from './tenant-variables.js';
import { Tokens } from './tokens.js';

export interface OwnIdentity {
  readonly identity?: TenantConfig;
  /** why there is none; no fault before something wants its tokens */
  readonly problems: readonly string[];
}

/** The identity of the process itself, with which it signs in to stores in Azure: the application of the variables AZURE_*. */
export const identityEnvironment = tenantVariables
  .pick({
    AZURE_TENANT_ID: true,
    AZURE_CLIENT_ID: true,
    AZURE_CLOUD: true,
    AZURE_AUTHORITY_HOST: true,
    AZURE_CLIENT_SECRET: true,
    AZURE_CLIENT_SECRET_FILE: true,
    AZURE_CLIENT_CERTIFICATE_PATH: true,
    AZURE_CLIENT_CERTIFICATE_PASSWORD: true,
    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: true,
    AZURE_FEDERATED_TOKEN_FILE: true,
    AZURE_DISABLE_INSTANCE_DISCOVERY: true,
  })
  .transform((given): { own: OwnIdentity } => {
    const problems: string[] = [];
    const [identity] = ofVariables(given, (variable, message) => problems.push(`${variable} ${message}`));
    return { own: { identity, problems } };
  });

/** One token of each scope, renewed before it ends. */
export const ownTokens = ({ identity, problems }: OwnIdentity): TokenSource => {
  const known = new Map<string, Tokens>();
  return {
    of: (scope) => {
      if (!identity) {
        const what = `A store is to be signed in to by Entra, and this process has no identity there: ${problems.join('; ')}.`;
        throw new AppError('GRAPH_SIGN_IN_REFUSED', what);
      }
      const config = tenantConfig.parse(identity);
      const tokens = known.get(scope) ?? new Tokens(() => createCredential(config), scope, config.tenant);
      known.set(scope, tokens);
      return () => tokens.access();
    },
  };
};

/** What stores in Azure are signed in to with. */
export const entraTokens: Part<TokenSource> = Part.define({
  environment: identityEnvironment,
  make: ({ environment }) => ownTokens(environment.own),
});
