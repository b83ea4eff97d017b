import { readVariable } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMISES } from './all.js';
import { Cluster } from './cluster.js';
import { WITHOUT } from './without-safeguards.js';

const seed = Number(readVariable('PROOF_SEED') ?? Date.now() % 1_000_000);
const TIMEOUT_MS = 400_000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start();
}, 240_000);
afterAll(() => cluster.close(), 120_000);

describe('a promise holds under its faults', () => {
  it.each(PROMISES)(
    'promise $number',
    async ({ number, seldom, run }) => {
      const proof = await run({ cluster, seed: seed + number, repetitions: seldom });
      expect(proof, `PROOF_SEED=${seed} repeats it`).toMatchObject({ lost: 0, extra: 0, overlapping: 0, wrong: [] });
      expect(proof.faults + proof.members).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

describe('a promise is seen failing', () => {
  it.each(WITHOUT)(
    'without $safeguard',
    async ({ run, seen }) => {
      const proof = await run({ cluster, seed, repetitions: 1 });
      expect(proof, `PROOF_SEED=${seed} repeats it`).toSatisfy(seen);
    },
    TIMEOUT_MS,
  );
});
