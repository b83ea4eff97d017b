import { AppError } from '@collection-sync/core';
import type { GraphCaller, GraphRequest } from './graph-client.js';
import type { PagesOptions } from './pages.js';

export interface DeltaPage<T> {
  readonly items: (T | null)[];
  /** where to read on: within the round, or from the next one on */
  readonly link: string;
  /** the round ends here */
  readonly last: boolean;
}

/** Where a round begins: at the link that an earlier one ended with, else with everything that there is. */
export interface DeltaStart {
  readonly link: string | null;
  readonly path: string;
  readonly query: GraphRequest['query'];
}

/**
 * One round of a delta, from where it was left. https://learn.microsoft.com/graph/delta-query-overview
 * @throws AppError as GraphCaller.pages; `isDeltaOver` tells whether everything must be read again
 */
export async function* readDelta<T>(
  client: Pick<GraphCaller, 'pages'>,
  { link, path, query }: DeltaStart,
  options: PagesOptions,
): AsyncGenerator<DeltaPage<T>, void, undefined> {
  for await (const page of client.pages<T | null>(link ?? path, link === null ? query : undefined, options)) {
    const on = page.next ?? page.delta;
    if (on === undefined) throw new AppError('GRAPH_UNAVAILABLE', 'a delta page has no link to go on from');
    yield { items: page.items, link: on, last: page.next === undefined };
  }
}

/** Graph does not know the link any more, which it says in several ways. */
export const isDeltaOver = ({ code }: AppError, link: string | null): boolean =>
  code === 'GRAPH_DELTA_EXPIRED' || (code === 'GRAPH_REQUEST_REFUSED' && link !== null);
