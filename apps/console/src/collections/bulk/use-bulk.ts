import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { mappingsQuery } from '../../api/queries.js';
import { toProblem } from '../../api/problem.js';
import { act, whyNot, type BulkAction, type Chosen, type Outcome, type Reason } from './bulk-actions.js';

/** As many as the API is asked at once. */
const AT_ONCE = 6;

export interface BulkRow extends Chosen {
  /** why it is left out */
  readonly not: Reason | null;
  /** what became of it; null before */
  readonly outcome: Outcome | null;
}

/** What an action would do with each of the chosen, by what their mappings are now, and what it has done. */
export const useBulk = (action: BulkAction, chosen: readonly Chosen[]) => {
  const client = useQueryClient();
  const { data: mappings, error, refetch } = useQuery(mappingsQuery(chosen.map(({ target }) => target)));
  const [state, setState] = useState<'asking' | 'doing' | 'done'>('asking');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  // what is decided on is what was shown, whatever changes meanwhile
  const [decided, decide] = useState<readonly BulkRow[]>();
  const rows = (decided ?? judged(action, chosen, mappings)).map((row) => ({
    ...row,
    outcome: outcomes.get(row.target) ?? null,
  }));
  const run = async (): Promise<void> => {
    setState('doing');
    decide(rows);
    const queue = rows.filter(({ not }) => not === null);
    const work = async (): Promise<void> => {
      for (let row = queue.shift(); row; row = queue.shift()) {
        const { target } = row;
        const outcome = await act(action, target).catch(outcomeOf);
        setOutcomes((before) => new Map(before).set(target, outcome));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setState('done');
    void client.invalidateQueries();
  };
  return { rows, known: mappings !== undefined, error, refetch, state, run };
};

const judged = (
  action: BulkAction,
  chosen: readonly Chosen[],
  mappings: Awaited<ReturnType<NonNullable<ReturnType<typeof mappingsQuery>['queryFn']>>> | undefined,
): readonly BulkRow[] =>
  chosen.map((each) => ({ ...each, not: mappings ? whyNot(action, mappings.get(each.target)) : null, outcome: null }));

const outcomeOf = (error: unknown): Outcome => {
  const { message, advice } = toProblem(error);
  return { ok: false, text: [message, advice].filter(Boolean).join(' ') };
};
