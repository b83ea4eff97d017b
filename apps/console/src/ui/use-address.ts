import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Named values of the address; null or nothing takes one out of it. */
export type AddressChanges = Readonly<Record<string, string | null | undefined>>;

/** What a page shows is kept in its address, so that it can be sent to somebody, and is still there after a reload. */
export const useAddress = () => {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: AddressChanges, { push = false } = {}) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: !push },
      ),
    [setParams],
  );
  return { params, change };
};
