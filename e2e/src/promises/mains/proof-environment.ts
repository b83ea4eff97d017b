import { tenantEnvironment } from '@collection-sync/graph';
import { commonVariables, connectionEnvironment } from '@collection-sync/platform';
import { z } from 'zod';
import { LATER } from './later-release.js';

/** Safeguards that a main of the test suite can leave out, so that the promise which rests on it is seen failing. */
export const SAFEGUARDS = ['lease', 'completeness', 'versions', 'outbox'] as const;
export type Safeguard = (typeof SAFEGUARDS)[number];

/** What the test mains read beside the variables of the services. */
export const proofVariables = z.object({
  ...commonVariables,
  /** settings of the service in JSON: shorter times than in production */
  PROOF_SETTINGS: z.string().transform((text) => JSON.parse(text) as Record<string, never>),
  /** folder in which a signal is asked for at a named point */
  PROOF_POINTS: z.string(),
  /** how far the clock of this process is ahead */
  PROOF_CLOCK_MS: z.coerce.number().default(0),
  PROOF_WITHOUT: z.enum(SAFEGUARDS).optional(),
  /** publishes as a later release might */
  PROOF_LATER: z.enum(LATER).optional(),
});

export const proofEnvironment = proofVariables.and(connectionEnvironment).and(tenantEnvironment);
