import { BATCH_PARTS, BINDS_PER_PATCH, PATCHES_PER_BATCH } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxPatchSizeAfterSplit, composeBatch, costOf } from './compose-batch.js';
import { objectAnswersOf } from './object-answers.js';

const entries = fc
  .uniqueArray(
    fc.record({ object: fc.uuid(), wanted: fc.boolean(), maxPatchSize: fc.constantFrom(1, 2, 3, 5, 10, 20) }),
    {
      selector: ({ object }) => object,
      maxLength: 140,
    },
  )
  .map((all) => all.sort((a, b) => (a.object < b.object ? -1 : 1)));

describe('composeBatch', () => {
  it('keeps within the limits of Graph, names nobody twice, and never binds more than an entry allows', () => {
    fc.assert(
      fc.property(entries, (pending) => {
        const operations = composeBatch(pending);
        const byObject = new Map(pending.map((entry) => [entry.object, entry]));
        expect(operations.length).toBeLessThanOrEqual(BATCH_PARTS);
        expect(operations.filter(({ kind }) => kind === 'patch').length).toBeLessThanOrEqual(PATCHES_PER_BATCH);
        const named = operations.flatMap(({ objects }) => objects);
        expect(new Set(named).size).toBe(named.length);
        for (const { kind, objects } of operations) {
          expect(objects.length).toBeLessThanOrEqual(kind === 'patch' ? BINDS_PER_PATCH : 1);
          for (const object of objects) {
            expect(byObject.get(object)?.wanted).toBe(kind !== 'delete');
            expect(objects.length).toBeLessThanOrEqual(byObject.get(object)?.maxPatchSize ?? 0);
          }
        }
      }),
    );
  });

  it('sends something whenever something is pending, of adds and of removals', () => {
    fc.assert(
      fc.property(entries, (pending) => {
        const kinds = composeBatch(pending).map(({ kind }) => kind === 'delete');
        if (pending.some(({ wanted }) => wanted)) expect(kinds).toContain(false);
        if (pending.some(({ wanted }) => !wanted)) expect(kinds).toContain(true);
      }),
    );
  });

  it('costs a unit per part, and a PATCH what Graph has shown', () => {
    const objects = Array.from({ length: 20 }, (_, at) => `o${at}`);
    expect(costOf([{ kind: 'patch', objects }], 1)).toEqual({ writes: 1, units: 1 });
    expect(costOf([{ kind: 'patch', objects }], 7)).toEqual({ writes: 7, units: 1 });
    expect(
      costOf(
        [
          { kind: 'patch', objects: objects.slice(0, 10) },
          { kind: 'delete', objects: ['x'] },
        ],
        7,
      ),
    ).toEqual({
      writes: 4.5,
      units: 2,
    });
  });
});

describe('splitting', () => {
  it('comes to single requests in a few steps, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BINDS_PER_PATCH }), (size) => {
        let maxPatchSize = size;
        let steps = 0;
        while (maxPatchSize > 1) {
          const next = maxPatchSizeAfterSplit(maxPatchSize);
          expect(next).toBeLessThan(maxPatchSize);
          maxPatchSize = next;
          steps += 1;
        }
        expect(steps).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('finds every bad member alone and loses no good one, however many are bad', () => {
    const many = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(many, fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 30 }), (count, bad) => {
        const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        const dead = new Set(bad.map(id));
        const pending = new Map(
          Array.from({ length: count }, (_, n) => [id(n), { object: id(n), wanted: true, maxPatchSize: 20 }]),
        );
        const done: string[] = [];
        const failed: string[] = [];
        let calls = 0;
        while (pending.size > 0) {
          for (const operation of composeBatch([...pending.values()])) {
            calls += 1;
            const refused = operation.objects.some((object) => dead.has(object));
            const answer = !refused
              ? ({ kind: 'ok', message: '' } as const)
              : operation.kind === 'patch'
                ? ({ kind: 'split', exists: false, reason: 'RequestRefused', message: '' } as const)
                : ({ kind: 'member-failed', reason: 'RequestRefused', message: '' } as const);
            for (const { object, verdict, maxPatchSize } of objectAnswersOf(operation, answer)) {
              const entry = pending.get(object);
              if (verdict === 'split' && entry) entry.maxPatchSize = maxPatchSize ?? entry.maxPatchSize;
              else pending.delete(object);
              if (verdict === 'done') done.push(object);
              if (verdict === 'failed') failed.push(object);
            }
          }
          expect(calls).toBeLessThan(400);
        }
        expect(new Set(failed)).toEqual(new Set([...dead].filter((object) => Number(object.slice(-12)) < count)));
        expect(done.length + failed.length).toBe(count);
      }),
    );
  });
});
