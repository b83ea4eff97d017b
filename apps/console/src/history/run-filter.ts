import { useMemo } from 'react';
import type { RunFilter } from '../api/queries.js';
import { useAddress } from '../ui/use-address.js';

export const KINDS = ['full', 'incremental', 'compare'] as const;
export const STATES = ['running', 'completed', 'failed', 'cancelled'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Midnight at the reader's, `after` days later. */
const midnight = (day: string, after = 0): string | undefined => {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + after);
  return DAY.test(day) && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
};

/** Which runs are shown, kept in the address; both days are included. */
export const useRunFilter = () => {
  const { params, change } = useAddress();
  return useMemo(() => {
    const kind = KINDS.find((each) => each === params.get('kind'));
    const state = STATES.find((each) => each === params.get('runState'));
    const days = { from: params.get('from') ?? '', to: params.get('to') ?? '' };
    const [from, to] = [midnight(days.from), midnight(days.to, 1)];
    const filter: RunFilter = {
      ...(kind && { kind }),
      ...(state && { state }),
      ...(from && { from }),
      ...(to && { to }),
    };
    return { kind, state, days, filter, change };
  }, [params, change]);
};
export type RunFilterView = ReturnType<typeof useRunFilter>;
