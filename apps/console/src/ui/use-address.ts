import { useCallback, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

/** Named values of the address; null or nothing takes one out of it. */
export type AddressChanges = Readonly<Record<string, string | null | undefined>>;

/** What a page shows is kept in its address, so that it can be sent to somebody, and is still there after a reload. */
export const useAddress = () => {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const latest = useRef(navigate);
  latest.current = navigate;
  const change = useCallback((changes: AddressChanges, { push = false } = {}): void => {
    // of the address as it is, not as it was shown last: of two changes at once neither undoes the other
    const after = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) after.set(name, value);
      else after.delete(name);
    }
    void latest.current({ search: after.toString() }, { replace: !push });
  }, []);
  return { params, change };
};
