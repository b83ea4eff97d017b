import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { lookUpQuery } from '../api/queries.js';

const EVERY_MS = 500;

export interface LookUpState {
  readonly lookUp: Schema['LookUp'] | undefined;
  readonly error: unknown;
  readonly again: () => void;
}

/** Asks the site and the directory about one device or user, and waits for what they answer. */
export const useLookUp = (target: string, name: string, resourceId: number | null): LookUpState => {
  const {
    mutate,
    data: asked,
    error: refused,
  } = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/targets/{tenant}/{group}/look-ups', {
          params: { path: splitTarget(target) },
          body: resourceId === null ? { name } : { resourceId },
        }),
      ),
  });
  useEffect(() => mutate(), [mutate, target, name, resourceId]);
  const id = asked?.id ?? '';
  const { data, error } = useQuery({
    ...lookUpQuery(id),
    enabled: id !== '',
    refetchInterval: ({ state }) => (!state.data || state.data.state === 'asking' ? EVERY_MS : false),
  });
  return { lookUp: data ?? asked, error: refused ?? error, again: mutate };
};
