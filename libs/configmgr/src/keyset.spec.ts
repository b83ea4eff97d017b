import { describe, expect, it } from 'vitest';
import { numberField, type Row } from './fields.js';
import { keysetPages } from './keyset.js';
import type { SiteAnswer, SiteClient } from './site-client.js';

type Ask = (query: Record<string, unknown>) => SiteAnswer;

const read = async (ask: Ask, follow: (next: string) => SiteAnswer = () => ({ rows: [] })) => {
  const client = {
    get: (_path: string, query: Record<string, unknown>) => Promise.resolve(ask(query)),
    follow: (next: string) => Promise.resolve(follow(next)),
  } as unknown as SiteClient;
  const seen: (number | undefined)[] = [];
  let sound = true;
  const listing = {
    path: 'Class',
    key: 'ID',
    keyOf: (row: Row) => numberField(row, 'id'),
    select: ['ID'],
    literal: String,
    pageRows: 2,
  };
  for await (const page of keysetPages(client, listing)) {
    seen.push(...page.rows.map((row) => numberField(row, 'id')));
    sound &&= page.ordered;
  }
  return { seen, sound };
};

const rows = (...ids: number[]): SiteAnswer => ({ rows: ids.map((id) => ({ ID: id })) });

describe('keysetPages', () => {
  it('asks for what follows the last key until a page is empty', async () => {
    const asked: unknown[] = [];
    const result = await read((query) => {
      asked.push(query['$filter']);
      return [rows(1, 2), rows(3), rows()][asked.length - 1] ?? rows();
    });
    expect(result).toEqual({ seen: [1, 2, 3], sound: true });
    expect(asked).toEqual([undefined, 'ID gt 2', 'ID gt 3']);
  });

  it('ends with doubt at a site that ignores the filter', async () => {
    expect(await read(() => rows(1, 2))).toEqual({ seen: [1, 2, 1, 2], sound: false });
  });

  it('doubts rows out of order and rows without a key', async () => {
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
