import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { ListingQuery } from '../api/queries.js';
import { LoadingState, ProblemState } from './states.js';
import { DataTable, type Column, type Sorting } from './table.js';

interface Props<T> {
  readonly label: string;
  readonly query: ListingQuery<T>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly rowHeight?: number;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  readonly empty: ReactNode;
  readonly fill?: boolean;
}

/** A listing of the API as a table that reads on while it is scrolled. */
export const Listing = <T,>({ query, ...table }: Props<T>): ReactNode => {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(query);
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={table.label} />;
  return <DataTable {...table} rows={rows} more={hasNextPage} onMore={more} />;
};
