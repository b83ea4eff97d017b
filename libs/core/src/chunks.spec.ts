import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunked, chunksOf } from './chunks.js';

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
};

it('gives one empty last chunk for nothing', async () => {
  expect(await collect(chunked([]))).toEqual([{ items: [], index: 0, last: true }]);
});

it('keeps every item in order, within both bounds, and marks only the last chunk', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 40 })),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 50, max: 200 }),
      async (items, members, bytes) => {
        const chunks = await collect(chunked(items, { members, bytes }));
        expect([...chunksOf(items, { members, bytes })]).toEqual(chunks);
        expect(chunks.flatMap((chunk) => chunk.items)).toEqual(items);
        expect(chunks.map((chunk) => chunk.index)).toEqual(chunks.map((_, index) => index));
        expect(chunks.map((chunk) => chunk.last)).toEqual(chunks.map((_, index) => index === chunks.length - 1));
        for (const chunk of chunks) {
          expect(chunk.items.length).toBeLessThanOrEqual(members);
          if (chunk.items.length > 1)
            expect(Buffer.byteLength(JSON.stringify(chunk.items))).toBeLessThanOrEqual(bytes + 1);
        }
      },
    ),
  );
});
