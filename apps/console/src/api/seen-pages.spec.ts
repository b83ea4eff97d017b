import { describe, expect, it } from 'vitest';
import { seenPages } from './seen-pages.js';

const pages = (...sizes: number[]) => sizes.map((size) => ({ items: Array.from({ length: size }) }));

describe('the pages that are seen', () => {
  it('are those of the rows, and the next one shortly before it', () => {
    expect(seenPages(pages(100, 100, 100), 0, 20)).toEqual({ from: 0, to: 0 });
    expect(seenPages(pages(100, 100, 100), 30, 60)).toEqual({ from: 0, to: 1 });
    expect(seenPages(pages(100, 100, 100), 150, 270)).toEqual({ from: 1, to: 3 });
  });

  it('have the first one among them before anything is read, and when it has no rows', () => {
    expect(seenPages([], 0, 0).from).toBe(0);
    expect(seenPages(pages(0), 0, 0).from).toBe(0);
  });

  it('are the last ones when there are fewer rows than before', () => {
    expect(seenPages(pages(40), 80, 100).from).toBe(0);
    expect(seenPages(pages(100, 30), 180, 200).from).toBe(1);
  });
});
