import type { Outside } from '@collection-sync/core';
import type { Metrics } from './metrics.js';

/** When each credential ends that is a certificate in a file; of client secrets only Entra knows. */
export const watchCredentials = (metrics: Metrics, outside: readonly Outside[]): void =>
  metrics.sampled(
    'credential_end_timestamp_seconds',
    'Unix time at which the credential for a part ends, where it is a certificate.',
    ['part'],
    async (tell) => {
      for (const { name, ends } of outside) if (ends) tell((await ends()).getTime() / 1_000, { part: name });
    },
  );
