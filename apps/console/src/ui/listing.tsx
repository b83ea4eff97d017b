import type { ReactNode } from 'react';
import type { ListingQuery } from '../api/queries.js';
import { useListing } from '../api/use-listing.js';
import { LoadingState, ProblemState } from './states.js';
import { DataTable, type Column, type Sorting } from './table.js';

interface Props<T> {
  readonly label: string;
  readonly name?: string;
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
  const { hash, rows, more, error, retry, see } = useListing(query);
  if (error !== null && !more) return <ProblemState error={error} retry={retry} />;
  if (!rows) return <LoadingState label={table.label} />;
  return <DataTable {...table} listing={hash} rows={rows} more={more} onSee={see} problem={error} retry={retry} />;
};
