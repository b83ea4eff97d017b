import { describe, expect, it } from 'vitest';
import type { GraphCaller } from './graph-client.js';
import { readPages } from './pages.js';

const ROOT = 'https://graph.microsoft.com/v1.0/groups/delta';

/** Graph, as it answers for one listing: each link with the number of the page that it leads to. */
const listing = (pages: readonly number[]): Pick<GraphCaller, 'request'> => ({
  request: async <T>({ path }: { path: string }) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
    const next = pages[page];
    const body = { value: [page], ...(next === undefined ? {} : { '@odata.nextLink': `${ROOT}?page=${next}` }) };
    return { status: 200, headers: {}, body: body as T };
  },
});

const read = async (pages: readonly number[]): Promise<number[]> => {
  const items: number[] = [];
  for await (const page of readPages<number>(listing(pages), '/groups/delta', undefined, {})) items.push(...page.items);
  return items;
};

describe('the pages of a listing', () => {
  it('are followed to the last', async () => {
    expect(await read([1, 2, 3])).toEqual([0, 1, 2, 3]);
  });

  it('that lead in a circle are given up instead of read forever', async () => {
    await expect(read([1, 2, 1])).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE', retryable: true });
    await expect(read([0])).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });
});
