import { useEffect, useState } from 'react';
import { useSettled } from './use-settled.js';

/** A text that is being typed, told once it has stayed for a moment; a text that is set elsewhere replaces it. */
export const useTyped = (value: string, onSettled: (text: string) => void) => {
  const [typed, setTyped] = useState({ text: value, told: value, seen: value });
  if (typed.seen !== value) setTyped({ text: value === typed.told ? typed.text : value, told: value, seen: value });
  const { text, told } = typed;
  const settled = useSettled(text.trim());
  useEffect(() => {
    if (settled !== text.trim() || settled === told) return;
    setTyped((now) => ({ ...now, told: settled }));
    onSettled(settled);
  }, [settled, text, told, onSettled]);
  return [text, (next: string): void => setTyped((now) => ({ ...now, text: next }))] as const;
};
