import { hashKey, useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListingQuery, Page } from './queries.js';
import { seenPages } from './seen-pages.js';

export interface ReadListing<T> {
  /** what it is, in one word: another key is another listing */
  readonly hash: string;
  /** all rows read so far, those of the listing before while there are none; undefined before the first */
  readonly rows: readonly T[] | undefined;
  readonly more: boolean;
  /** why a page that is seen could not be read */
  readonly error: unknown;
  readonly retry: () => void;
  /** tells which rows are seen: their pages are kept up to date */
  readonly see: (first: number, last: number) => void;
}

/**
 * A listing that reads on while it is scrolled. When something changes only the pages that are seen are read again, the others once they
 * are seen again. What follows a page is found by the cursor at its end, so that a row is neither lost nor shown twice.
 */
export const useListing = <T>(given: ListingQuery<T>): ReadListing<T> => {
  const client = useQueryClient();
  const hash = hashKey(given.key);
  const query = useMemo(() => given, [hash]);
  const [seen, setSeen] = useState({ hash, from: 0, to: 0 });
  const { from, to } = seen.hash === hash ? seen : { from: 0, to: 0 };
  const pages = pagesOf(client, query);
  const answers = useQueries({ queries: observed(query, pages, from, to) });
  const failed = answers.find(({ isError, data }) => isError && data === undefined);
  const see = useCallback(
    (first: number, last: number): void => {
      const next = { hash, ...seenPages(pagesOf(client, query), first, last) };
      setSeen((now) => (now.hash === hash && now.from === next.from && now.to === next.to ? now : next));
    },
    [client, query, hash],
  );
  useEffect(() => () => forget(client, hash), [client, hash]);
  return {
    hash,
    rows: useRows(pages),
    more: typeof pages.at(-1)?.next === 'string',
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    see,
  };
};

/** The pages that have been read, from the first on. */
const pagesOf = <T>(client: QueryClient, query: ListingQuery<T>): readonly Page<T>[] => {
  const pages: Page<T>[] = [];
  for (let cursor: string | null = null; ;) {
    const page: Page<T> | undefined = client.getQueryData<Page<T>>(query.page(cursor).queryKey);
    if (page) pages.push(page);
    if (!page?.next) return pages;
    cursor = page.next;
  }
};

/** The pages that are seen, and the first, which leads to all others and so must not be forgotten. */
const observed = <T>(query: ListingQuery<T>, pages: readonly Page<T>[], from: number, to: number) => {
  const later = pages.slice(Math.max(0, from - 1), to).flatMap(({ next }) => (next === null ? [] : [query.page(next)]));
  return [{ ...query.page(null), enabled: from === 0 }, ...later];
};

/** The rows of the pages, the same array as long as they are the same pages. */
const useRows = <T>(pages: readonly Page<T>[]): readonly T[] | undefined => {
  const kept = useRef<{ pages: readonly Page<T>[]; rows: readonly T[] | undefined }>({ pages: [], rows: undefined });
  const { current } = kept;
  const same = pages.length === current.pages.length && pages.every((page, at) => page === current.pages[at]);
  if (pages.length > 0 && !same) kept.current = { pages, rows: pages.flatMap(({ items }) => items) };
  return kept.current.rows;
};

/** The first page stays for a while, so that coming back shows something at once. */
const forget = (client: QueryClient, hash: string): void =>
  client.removeQueries({
    predicate: ({ queryKey }) => {
      const { cursor } = Object(queryKey.at(-1)) as { cursor?: string | null };
      return typeof cursor === 'string' && hashKey(queryKey.slice(0, -1)) === hash;
    },
  });
