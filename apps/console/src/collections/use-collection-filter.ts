import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { CollectionFilter } from '../api/queries.js';
import { STATUS, type StatusWord } from '../ui/status-badge.js';
import type { Sorting } from '../ui/table.js';

export const SCOPES = ['mapped', 'unmapped', 'all'] as const;
type Scope = (typeof SCOPES)[number];
const TYPES = ['Device', 'User'] as const;

type Changes = Partial<Record<'type' | 'scope' | 'status' | 'search' | 'sort' | 'order', string | null>>;

export interface CollectionView {
  readonly filter: CollectionFilter;
  readonly type: 'Device' | 'User' | null;
  readonly scope: Scope;
  readonly status: StatusWord | null;
  readonly search: string;
  readonly sorting: Sorting;
  change(changes: Changes): void;
}

const isStatus = (value: string | null): value is StatusWord => value !== null && value in STATUS;
type SortKey = NonNullable<CollectionFilter['sort']>;

/** What the page shows, kept in its address, so that it can be shared and gone back to. */
export const useCollectionView = (): CollectionView => {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    const type = TYPES.find((each) => each === params.get('type')) ?? null;
    const scope = SCOPES.find((each) => each === params.get('scope')) ?? 'mapped';
    const given = params.get('status');
    const status = isStatus(given) ? given : null;
    const search = params.get('search') ?? '';
    const sorting: Sorting = {
      by: params.get('sort') ?? 'collectionName',
      order: params.get('order') === 'desc' ? 'desc' : 'asc',
    };
    return {
      type,
      scope,
      status,
      search,
      sorting,
      filter: {
        ...(type && { type }),
        ...(scope !== 'all' && { mapped: scope === 'mapped' ? 'true' : 'false' }),
        ...(status && { status }),
        ...(search && { search }),
        sort: sorting.by as SortKey,
        order: sorting.order,
      } as CollectionFilter,
      change: (changes) =>
        setParams(
          (before) => {
            const after = new URLSearchParams(before);
            for (const [name, value] of Object.entries(changes)) {
              if (value) after.set(name, value);
              else after.delete(name);
            }
            return after;
          },
          { replace: true },
        ),
    };
  }, [params, setParams]);
};
