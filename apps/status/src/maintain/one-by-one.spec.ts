import { expect, it } from 'vitest';
import { oneByOne } from './one-by-one.js';

it('goes on after a failure, and tells the first one in the end', async () => {
  const done: number[] = [];
  const work = (item: number): Promise<void> => {
    if (item % 2 === 0) return Promise.reject(new Error(`no ${item}`));
    done.push(item);
    return Promise.resolve();
  };
  await expect(oneByOne([1, 2, 3, 4, 5], work)).rejects.toThrow('no 2');
  expect(done).toEqual([1, 3, 5]);
});
