import { useSyncExternalStore, type ReactNode } from 'react';
import { ago, fullTime } from '../i18n/time.js';
import { t } from '../i18n/t.js';

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The time now in ms, once a second: one timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** Whole minutes are told apart when a minute or more has passed, so that a table does not flicker. */
const useSlowNow = (at: string): string => useSyncExternalStore(subscribe, () => ago(at, now));

const Moment = ({ at }: { readonly at: string }): ReactNode => (
  <time dateTime={at} title={fullTime(at)}>
    {useSlowNow(at)}
  </time>
);

export const Ago = ({ at }: { readonly at: string | null }): ReactNode =>
  at === null ? t('time.never') : <Moment at={at} />;
