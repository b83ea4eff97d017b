import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { readFileSync } from 'node:fs';
import { CLOUD_ENDPOINTS } from './clouds.js';
import type { CheckedTenantConfig } from './tenant-config.js';

const NEVER = Number.MAX_SAFE_INTEGER;

/** A new credential, with nothing cached: making it anew is how a refused token is left behind. */
export const createCredential = (config: CheckedTenantConfig): TokenCredential => {
  const { credential, tenant } = config;
  const options = {
    authorityHost: config.authorityHost ?? CLOUD_ENDPOINTS[config.cloud].authority,
    disableInstanceDiscovery: config.disableInstanceDiscovery,
  };
  switch (credential.kind) {
    case 'workload-identity':
      return new WorkloadIdentityCredential({
        ...options,
        tenantId: tenant,
        clientId: credential.clientId,
        tokenFilePath: credential.tokenFile,
      });
    case 'certificate':
      return new ClientCertificateCredential(
        tenant,
        credential.clientId,
        { certificatePath: credential.certificateFile, certificatePassword: credential.password },
        { ...options, sendCertificateChain: credential.sendChain },
      );
    case 'secret':
      return new ClientSecretCredential(tenant, credential.clientId, secretOf(credential), options);
    case 'managed-identity':
      return credential.clientId
        ? new ManagedIdentityCredential({ clientId: credential.clientId })
        : new ManagedIdentityCredential();
    case 'static-token':
      return { getToken: () => Promise.resolve({ token: credential.token, expiresOnTimestamp: NEVER }) };
  }
};

/** The text of a client secret, as its file has it now. */
export const secretOf = ({ secret, secretFile = '' }: { secret?: string; secretFile?: string }): string => {
  if (secret !== undefined) return secret;
  try {
    return readFileSync(secretFile, 'utf8').trim();
  } catch (error) {
    throw new Error(`the file of the client secret, ${secretFile}, cannot be read`, { cause: error });
  }
};
