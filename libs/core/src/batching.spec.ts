import { describe, expect, it } from 'vitest';
import { split } from './batching.js';

const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

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
