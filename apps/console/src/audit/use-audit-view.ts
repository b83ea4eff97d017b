import { useMemo } from 'react';
import type { AuditFilter } from '../api/queries.js';
import { useAddress, type AddressChanges } from '../ui/use-address.js';
import { AUDIT_ACTIONS, AUDIT_KINDS, type AuditAction, type AuditKind } from './actions.js';

export interface AuditView {
  readonly actor: string;
  readonly search: string;
  readonly kind: AuditKind | undefined;
  readonly action: AuditAction | undefined;
  /** days as they are typed, such as 2026-01-31 */
  readonly from: string;
  readonly to: string;
  /** the line that is looked at */
  readonly entry: number | null;
  readonly filter: AuditFilter;
  readonly filtered: boolean;
  change(changes: AddressChanges): void;
}

const FILTERS = ['actor', 'search', 'kind', 'action', 'from', 'to'] as const;
export const NO_FILTER: AddressChanges = Object.fromEntries(FILTERS.map((name) => [name, null]));

/** The begin of a day, or of the day after so many, where the reader is; undefined for no day. */
const beginOf = (day: string, after = 0): string | undefined => {
  const begin = new Date(`${day}T00:00:00`);
  begin.setDate(begin.getDate() + after);
  return Number.isNaN(begin.getTime()) ? undefined : begin.toISOString();
};

/** Which part of the audit log is shown; it is in the address. */
export const useAuditView = (): AuditView => {
  const { params, change } = useAddress();
  return useMemo(() => {
    const text = (name: (typeof FILTERS)[number]): string => params.get(name) ?? '';
    const kind = AUDIT_KINDS.find((each) => each === text('kind'));
    const action = AUDIT_ACTIONS.find((each) => each === text('action'));
    const [actor, search, from, to] = [text('actor'), text('search'), text('from'), text('to')];
    const [begin, end] = [beginOf(from), beginOf(to, 1)];
    const filter: AuditFilter = {
      ...(actor && { actor }),
      ...(search && { search }),
      ...(kind && { kind }),
      ...(action && { action }),
      ...(begin && { from: begin }),
      ...(end && { to: end }),
    };
    const entry = Number(params.get('entry'));
    return {
      ...{ actor, search, kind, action, from, to, filter, change },
      entry: Number.isSafeInteger(entry) && entry > 0 ? entry : null,
      filtered: Object.keys(filter).length > 0,
    };
  }, [params, change]);
};
