import { useCallback, useState } from 'react';

/** A choice that this browser remembers. What cannot be read is forgotten. */
export const useStored = <T>(
  key: string,
  first: T,
  isValid: (value: unknown) => value is T,
): [T, (value: T) => void] => {
  const [value, setValue] = useState<T>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(`collection-sync.${key}`) ?? 'null');
      return isValid(stored) ? stored : first;
    } catch {
      return first;
    }
  });
  const store = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(`collection-sync.${key}`, JSON.stringify(next));
    },
    [key],
  );
  return [value, store];
};
