import { useEffect, useState } from 'react';
import type { Schema } from '../api/client.js';
import type { Settings } from './settings.js';

type Mapping = Schema['Mapping'];

/** What somebody has typed and not saved, and the version that he began with. */
export interface Draft extends Settings {
  readonly base: Mapping;
}

const keyOf = (target: string): string => `collection-sync.draft.${target}`;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const draftOf = (base: Mapping): Draft => ({ base, policy: base.policy, schedule: base.schedule });

const kept = (target: string): Draft | null => {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(target)) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
};

/** Settings that are being changed. What is not saved is still there when this tab comes back to it, also after a reload. */
export const useDraft = (mapping: Mapping) => {
  const { target } = mapping;
  const [draft, setDraft] = useState<Draft>(() => kept(target) ?? draftOf(mapping));
  const { base, policy, schedule } = draft;
  const dirty = !same([policy, schedule], [base.policy, base.schedule]);
  // nothing was typed: what is shown is what there is now
  if (!dirty && base.version < mapping.version) setDraft(draftOf(mapping));
  useEffect(() => {
    if (dirty) sessionStorage.setItem(keyOf(target), JSON.stringify(draft));
    else sessionStorage.removeItem(keyOf(target));
  }, [dirty, draft, target]);
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [dirty]);
  return {
    draft,
    dirty,
    change: (changes: Partial<Settings>): void => setDraft((now) => ({ ...now, ...changes })),
    /** takes what there is now, and drops what was typed */
    reset: (to: Mapping): void => setDraft(draftOf(to)),
    /** keeps what was typed, on top of what there is now */
    rebase: (onto: Mapping): void => setDraft((now) => ({ ...now, base: onto })),
  };
};
