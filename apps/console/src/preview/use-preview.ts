import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { commandQuery, previewQuery } from '../api/queries.js';

const EVERY_MS = 800;

export interface PreviewState {
  readonly preview: Schema['Preview'] | undefined;
  /** why there will be none */
  readonly refused: string | null;
  /** why there is none yet */
  readonly waitsFor: string | null;
  readonly error: unknown;
  readonly again: () => void;
}

/** Asks what a full run would do to a group, and waits for it. Nothing is changed. */
export const usePreview = (target: string, collectionId: string): PreviewState => {
  const { tenant, group } = splitTarget(target);
  const asked = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/targets/{tenant}/{group}/preview', {
          params: { path: { tenant, group } },
          body: { collectionId },
        }),
      ),
  });
  const { mutate, data: sent } = asked;
  useEffect(() => mutate(), [mutate, target, collectionId]);
  const id = sent?.id ?? '';
  const command = useQuery({
    ...commandQuery(id),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'sent' || !state.data ? EVERY_MS : false),
  });
  const refused = command.data?.state === 'refused' || command.data?.state === 'expired';
  const { data: preview, error } = useQuery({
    ...previewQuery(id),
    enabled: id !== '' && !refused,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.complete ? false : EVERY_MS),
  });
  return {
    preview: preview?.complete ? preview : undefined,
    refused: refused ? (command.data?.message ?? '') : null,
    waitsFor: command.data?.state === 'sent' ? command.data.message : null,
    error: asked.error ?? (error && toProblem(error).status !== 404 ? error : null),
    again: mutate,
  };
};
