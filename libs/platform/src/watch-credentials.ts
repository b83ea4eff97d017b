import type { Outside } from '@collection-sync/core';
import type { Metrics } from './metrics.js';

/** When the credential for each part ends, where that is told. */
export const watchCredentials = (metrics: Metrics, outside: readonly Outside[]): void =>
  metrics.sampled(
    'credential_end_timestamp_seconds',
    'Unix time at which the credential for a part ends: a certificate, or a client secret whose application may read its registration.',
    ['part'],
    async (tell) => {
      for (const { name, ends } of outside) {
        const end = await ends?.();
        if (end) tell(end.getTime() / 1_000, { part: name });
      }
    },
  );
