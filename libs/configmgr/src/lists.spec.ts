import { AppError } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberField, type Row } from './fields.js';
import { Lists } from './lists.js';
import type { SiteAnswer, SiteClient } from './site-client.js';

const LISTING = {
  path: 'Class',
  key: 'ID',
  keyOf: (row: Row) => numberField(row, 'id'),
  select: ['ID'],
  literal: String,
  pageRows: 2,
};

type Ask = (query: Record<string, unknown>) => SiteAnswer;

const read = async (ask: Ask, follow: (next: string) => SiteAnswer = () => ({ rows: [] })) => {
  const client = {
    get: async (_path: string, query: Record<string, unknown>) => Promise.resolve(ask(query)),
    follow: (next: string) => Promise.resolve(follow(next)),
  } as unknown as SiteClient;
  const seen: (number | undefined)[] = [];
  let sound = true;
  for await (const page of new Lists(client).pages(LISTING)) {
    seen.push(...page.rows.map((row) => numberField(row, 'id')));
    sound &&= page.ordered;
  }
  return { seen, sound };
};

const rows = (...ids: number[]): SiteAnswer => ({ rows: ids.map((id) => ({ ID: id })) });

describe('Lists', () => {
  it('asks for what follows the last key until a page is empty', async () => {
    const asked: unknown[] = [];
    const result = await read((query) => {
      asked.push(query['$filter']);
      return [rows(1, 2), rows(3), rows()][asked.length - 1] ?? rows();
    });
    expect(result).toEqual({ seen: [1, 2, 3], sound: true });
    expect(asked).toEqual([undefined, 'ID gt 2', 'ID gt 3']);
  });

  it('ends without an order at a site that ignores the filter', async () => {
    expect(await read(() => rows(1, 2))).toEqual({ seen: [1, 2, 1, 2], sound: false });
  });

  it('tells rows out of order and rows without a key', async () => {
    const pages = (first: SiteAnswer) => (query: Record<string, unknown>) => (query['$filter'] ? rows() : first);
    expect((await read(pages(rows(2, 1)))).sound).toBe(false);
    expect((await read(pages({ rows: [{ ID: 1 }, { Name: 'x' }] }))).sound).toBe(false);
  });

  it('leaves links that lead in a circle', async () => {
    const result = await read(
      (query) => (query['$filter'] ? { rows: [], next: 'a' } : rows(1, 2)),
      () => ({ rows: [], next: 'a' }),
    );
    expect(result.seen).toEqual([1, 2]);
  });

  it('follows a next link, also after an empty page, and goes on by key after the last one', async () => {
    const result = await read(
      (query) => (query['$filter'] ? rows() : { ...rows(1), next: 'a' }),
      (next) => (next === 'a' ? { rows: [], next: 'b' } : rows(2)),
    );
    expect(result).toEqual({ seen: [1, 2], sound: true });
  });
});

type Refused = 'no' | 'error' | 'empty' | 'ignored';

/** A site with these keys, which serves at most `cap` rows at once and refuses what it is told to. */
const siteOf = (keys: readonly number[], cap: number, refused: { compare: Refused; orderby: Refused }): Ask => {
  const sorted = [...keys].sort((a, b) => a - b);
  return (query) => {
    const after = /gt (\d+)/.exec(String(query['$filter'] ?? ''))?.[1];
    const asked = { compare: after !== undefined, orderby: query['$orderby'] !== undefined };
    for (const form of ['compare', 'orderby'] as const) {
      if (!asked[form] || refused[form] === 'no' || refused[form] === 'ignored') continue;
      if (refused[form] === 'empty') return rows();
      throw new AppError('SOURCE_REQUEST_REFUSED', '404');
    }
    const from = after === undefined || refused.compare === 'ignored' ? -1 : Number(after);
    const skip = Number(query['$skip'] ?? 0);
    const found = sorted.filter((key) => key > from);
    return rows(...found.slice(skip, skip + Math.min(cap, Number(query['$top']))));
  };
};

const refused = fc.constantFrom<Refused>('no', 'error', 'empty');

it('reads every list to its end once, whatever a site refuses', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(200), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.record({ compare: refused, orderby: refused }),
      async (keys, cap, refusals) => {
        const result = await read(siteOf(keys, cap, refusals));
        expect(result).toEqual({ seen: [...keys].sort((a, b) => a - b), sound: true });
      },
    ),
  );
});

it('never takes for whole what a site cut without a word', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(200), { minLength: 3, maxLength: 20 }), async (keys) => {
      const { seen, sound } = await read(siteOf(keys, 2, { compare: 'ignored', orderby: 'no' }));
      expect(sound).toBe(false);
      expect(new Set(seen).size).toBeLessThan(keys.length);
    }),
  );
});

it('reads by position from the beginning the next time', async () => {
  const asked: (string | undefined)[] = [];
  const site = siteOf([1, 2, 3, 4, 5], 2, { compare: 'ignored', orderby: 'no' });
  const client = {
    get: (_path: string, query: Record<string, unknown>) => {
      asked.push(query['$skip'] === undefined ? 'key' : 'position');
      return Promise.resolve(site(query));
    },
  } as unknown as SiteClient;
  const lists = new Lists(client);
  const seen = async () => {
    const keys: (number | undefined)[] = [];
    for await (const page of lists.pages(LISTING)) keys.push(...page.rows.map((row) => numberField(row, 'id')));
    return keys;
  };
  await seen();
  asked.length = 0;
  expect(await seen()).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(asked)).toEqual(new Set(['position']));
});
