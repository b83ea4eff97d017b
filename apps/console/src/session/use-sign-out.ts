import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { signInQuery } from '../api/queries.js';
import { signOutOfTabs } from './hand-over.js';
import { endSession } from './oidc.js';
import { session } from '../api/session.js';

export const useSignOut = (): (() => void) => {
  const { data: signIn } = useQuery(signInQuery);
  return useCallback(() => {
    session.signOut();
    signOutOfTabs();
    if (signIn?.mode === 'oidc') void endSession(signIn);
  }, [signIn]);
};
