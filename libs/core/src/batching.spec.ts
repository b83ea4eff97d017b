import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_PARTS, BINDS_PER_PATCH, nextBatch, PATCHES_PER_BATCH, split } from './batching.js';

const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('nextBatch', () => {
  it('never exceeds the bounds, never repeats and never invents an object', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 }), (addCount, removeCount) => {
        const batch = nextBatch(ids('a', addCount), ids('r', removeCount));
        const patches = batch.filter((operation) => operation.kind === 'patch');
        expect(batch.length).toBeLessThanOrEqual(BATCH_PARTS);
        expect(patches.length).toBeLessThanOrEqual(PATCHES_PER_BATCH);
        for (const patch of patches) expect(patch.objects.length).toBeLessThanOrEqual(BINDS_PER_PATCH);
        const objects = batch.flatMap((operation) => operation.objects);
        expect(new Set(objects).size).toBe(objects.length);
        for (const operation of batch)
          for (const object of operation.objects) expect(object[0]).toBe(operation.kind === 'delete' ? 'r' : 'a');
      }),
    );
  });

  it('reaches the least number of calls: drained alone, adds need ceil(n/100) batches and removals ceil(n/20)', () => {
    let adds = ids('a', 1_005);
    let calls = 0;
    for (; adds.length > 0; calls++)
      adds = adds.slice(nextBatch(adds, []).flatMap((operation) => operation.objects).length);
    expect(calls).toBe(11);
    let removes = ids('r', 101);
    for (calls = 0; removes.length > 0; calls++) removes = removes.slice(nextBatch([], removes).length);
    expect(calls).toBe(6);
  });
});

describe('split', () => {
  it('ends in single POSTs after at most five halvings and keeps every object once', () => {
    const objects = ids('a', 20);
    let open = [split(objects)];
    const singles: string[] = [];
    let depth = 1;
    while (open.length > 0) {
      const next: (typeof open)[number][] = [];
      for (const operation of open.flat()) {
        if (operation.kind === 'post') singles.push(operation.objects[0]);
        else next.push(split(operation.objects));
      }
      open = next;
      if (open.length > 0) depth++;
    }
    expect(singles.sort()).toEqual([...objects].sort());
    expect(depth).toBeLessThanOrEqual(5);
  });
});
