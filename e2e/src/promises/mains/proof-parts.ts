import { kafka } from '@collection-sync/bus';
import { Part } from '@collection-sync/core';
import { entraTokens } from '@collection-sync/graph';
import { z } from 'zod';
import { crashPoints } from './crash-points.js';
import { LATER } from './later-release.js';
import { moveClock } from './moved-clock.js';
import { busWithPoints } from './proof-bus.js';
import { printHeap } from './print-heap.js';

/** Safeguards that a main of the test suite can leave out, so that the promise which rests on it is seen failing. */
const SAFEGUARDS = ['lease', 'renewal', 'answers', 'completeness', 'versions', 'outbox', 'switch'] as const;
export type Safeguard = (typeof SAFEGUARDS)[number];

/** What the test mains read beside the variables of the services. */
export const proof = Part.define({
  environment: z.object({
    /** settings of the service in JSON: shorter times than in production */
    PROOF_SETTINGS: z.string().transform((text) => JSON.parse(text) as Record<string, never>),
    /** folder in which a signal is asked for at a named point */
    PROOF_POINTS: z.string(),
    /** how far the clock of this process is ahead */
    PROOF_CLOCK_MS: z.coerce.number().default(0),
    PROOF_WITHOUT: z.enum(SAFEGUARDS).optional(),
    /** publishes as a later release might */
    PROOF_LATER: z.enum(LATER).optional(),
  }),
  make: ({ environment }) => {
    moveClock(environment.PROOF_CLOCK_MS);
    printHeap();
    return {
      settings: environment.PROOF_SETTINGS,
      onPoint: crashPoints(environment.PROOF_POINTS),
      without: environment.PROOF_WITHOUT,
      later: environment.PROOF_LATER,
    };
  },
});

export const proofSettings = <S extends object>(settings: S): Part<S> =>
  Part.define({
    uses: { proof },
    make: ({ uses }) => ({ ...settings, ...uses.proof.settings, onPoint: uses.proof.onPoint }),
  });

/** Kafka, with named points before and after records are sent. */
export const proofBus = Part.define({
  uses: { proof, bus: kafka(entraTokens) },
  make: ({ name, uses }) => busWithPoints(uses.bus, name, uses.proof.onPoint),
});

/** A part that is replaced when the safeguard in it is left out. */
export const unless = <T>(safeguard: Safeguard, part: Part<T>, replaced: (made: T) => T): Part<T> =>
  Part.define({
    uses: { proof, part },
    make: ({ uses }) => (uses.proof.without === safeguard ? replaced(uses.part as T) : (uses.part as T)),
  });
