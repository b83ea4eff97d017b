import { describe, expect, it } from 'vitest';
import { ahead } from './ahead.js';

const log: string[] = [];

async function* numbers(count: number, fails = Infinity): AsyncGenerator<number> {
  try {
    for (let n = 1; n <= count; n += 1) {
      log.push(`asked ${n}`);
      await Promise.resolve();
      if (n === fails) throw new Error('no more');
      yield n;
    }
  } finally {
    log.push('closed');
  }
}

const used = async (items: AsyncIterable<number>, stopAt = Infinity): Promise<string[]> => {
  log.length = 0;
  try {
    for await (const n of items) {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`used ${n}`);
      if (n === stopAt) break;
    }
  } catch (error) {
    log.push(String(error));
  }
  return [...log];
};

describe('ahead', () => {
  it('asks for the next item while one is used, and no further', async () => {
    expect(await used(ahead(numbers(3)))).toEqual([
      'asked 1',
      'asked 2',
      'used 1',
      'asked 3',
      'used 2',
      'closed',
      'used 3',
    ]);
  });

  it('does not ask past the item that ends what is wanted', async () => {
    expect(await used(ahead(numbers(3), (n) => n === 2))).toEqual(['asked 1', 'asked 2', 'used 1', 'used 2', 'closed']);
  });

  it('closes its source when its reader stops early', async () => {
    expect(await used(ahead(numbers(9)), 1)).toEqual(['asked 1', 'asked 2', 'used 1', 'closed']);
  });

  it('fails where its source failed, after what came before', async () => {
    expect(await used(ahead(numbers(3, 2)))).toEqual(['asked 1', 'asked 2', 'closed', 'used 1', 'Error: no more']);
  });
});
