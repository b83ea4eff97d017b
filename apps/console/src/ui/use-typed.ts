import { useEffect, useState } from 'react';
import { useSettled } from './use-settled.js';

/** A text that is being typed, reported once it has stayed for a moment; a text that is set elsewhere replaces it. */
export const useTyped = (value: string, onSettled: (text: string) => void) => {
  const [typed, setTyped] = useState({ text: value, reported: value, seen: value });
  if (typed.seen !== value)
    setTyped({ text: value === typed.reported ? typed.text : value, reported: value, seen: value });
  const { text, reported } = typed;
  const settled = useSettled(text.trim());
  useEffect(() => {
    if (settled !== text.trim() || settled === reported) return;
    setTyped((now) => ({ ...now, reported: settled }));
    onSettled(settled);
  }, [settled, text, reported, onSettled]);
  return [text, (next: string): void => setTyped((now) => ({ ...now, text: next }))] as const;
};
