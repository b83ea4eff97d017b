import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followChanges, pause, type LiveState } from './live.js';

/** Queries, by the first word of their key, that show something of what changed. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  collection: ['collections', 'collection', 'summary', 'relations', 'why'],
  target: ['collections', 'collection', 'summary', 'target', 'members', 'plans', 'why', 'resources'],
  mapping: ['collections', 'collection', 'summary', 'mapping', 'target', 'relations', 'audit', 'tenants'],
  run: ['runs', 'target', 'run-members'],
  plan: ['plans', 'summary', 'members'],
  command: ['command', 'audit'],
  preview: ['preview'],
  upstream: ['tenants', 'upstreams', 'alerts'],
  tenant: ['tenants', 'audit', 'mapping', 'collections', 'summary', 'alerts'],
  'dead-letter': ['dead-letters', 'summary'],
};
/** Changes come in bursts: what is shown is read again this long after it was read at the earliest. */
const CALM_MS = 1_000;
/** A read that takes longer is not waited for. */
const LONGEST_READ_MS = 10_000;

const changedQueries = (words: ReadonlySet<string>) => ({
  predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => words.has(String(queryKey[0])),
});

/** Reads again what is shown and has changed, as the event stream tells it. */
export const useLive = (signedIn: boolean): LiveState => {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!signedIn) return;
    const stop = new AbortController();
    let changed = new Set<string>();
    const readAgain = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await pause(CALM_MS, stop.signal);
        if (changed.size === 0) continue;
        const words = changed;
        changed = new Set();
        // a page in the background is read again when somebody looks at it
        const refetchType = document.hidden ? 'none' : 'active';
        const read = client.invalidateQueries({ ...changedQueries(words), refetchType });
        await Promise.race([read, pause(LONGEST_READ_MS, stop.signal)]);
      }
    };
    void readAgain();
    let first = true;
    void followChanges(
      {
        state: setState,
        connected: () => {
          if (!first) void client.invalidateQueries();
          first = false;
        },
        change: ({ kind }) => SHOWN[kind]?.forEach((word) => changed.add(word)),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [client, signedIn]);
  return state;
};
