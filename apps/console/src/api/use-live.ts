import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followChanges, type LiveState } from './live.js';

/** Queries, by the first word of their key, that show something of what changed. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  collection: ['collections', 'collection', 'summary', 'relations'],
  target: ['collections', 'collection', 'summary', 'target', 'members', 'why'],
  mapping: ['collections', 'collection', 'summary', 'mapping', 'target', 'relations', 'audit', 'tenants'],
  run: ['runs', 'target'],
  plan: ['plans', 'summary', 'members'],
  command: ['command', 'audit'],
  preview: ['preview'],
  upstream: ['tenants', 'upstreams'],
  tenant: ['tenants', 'audit', 'mapping', 'collections'],
  'dead-letter': ['dead-letters', 'summary'],
};
/** Changes come in bursts: what is shown is read again this often at most. */
const EVERY_MS = 1_000;

/** Reads again what is shown and has changed, as the event stream tells it. */
export const useLive = (signedIn: boolean): LiveState => {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!signedIn) return;
    const stop = new AbortController();
    const changed = new Set<string>();
    const timer = setInterval(() => {
      if (changed.size === 0) return;
      const words = new Set(changed);
      changed.clear();
      void client.invalidateQueries({ predicate: ({ queryKey }) => words.has(String(queryKey[0])) });
    }, EVERY_MS);
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
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [client, signedIn]);
  return state;
};
