import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { signInQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { Admission } from './admission.js';
import { joinTabs } from './hand-over.js';
import { CALLBACK, keepSignedIn, mayBeKnown } from './oidc.js';
import { OidcCallback, OidcSignInForm, SilentSignIn } from './oidc-sign-in.js';
import { SignInCard } from './sign-in-card.js';
import { TokenSignInForm } from './token-sign-in.js';
import { useSession } from './use-session.js';

/** Shows the console to who has signed in, and the way to sign in to everybody else. */
export const SignInGate = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const { token, refusal } = useSession();
  const { pathname } = useLocation();
  const client = useQueryClient();
  const { data: signIn, error, refetch } = useQuery(signInQuery);
  useEffect(() => {
    if (token === null) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'sign-in' });
  }, [token, client]);
  const mode = signIn?.mode;
  useEffect(() => (mode ? joinTabs(mode === 'token') : undefined), [mode]);
  // who has only just signed out, or could not be let in silently, is asked
  const [silent, setSilent] = useState(() => token === null && mayBeKnown());
  const signedIn = token !== null;
  useEffect(() => {
    if (signedIn) setSilent(false);
  }, [signedIn]);
  useEffect(() => {
    if (signedIn && signIn?.mode === 'oidc' && pathname !== CALLBACK) void keepSignedIn(signIn);
  }, [signedIn, signIn, pathname]);
  if (signIn?.mode === 'oidc' && pathname === CALLBACK) return <OidcCallback signIn={signIn} />;
  if (token !== null) return <Admission signIn={signIn}>{children}</Admission>;
  if (!signIn) {
    return (
      <SignInCard>
        {error ? <ProblemState error={error} retry={refetch} /> : <LoadingState label={t('signIn.title')} />}
      </SignInCard>
    );
  }
  return (
    <SignInCard>
      {signIn.mode === 'token' ? (
        <TokenSignInForm refusal={refusal} />
      ) : silent && mayBeKnown() && refusal === null ? (
        <SilentSignIn signIn={signIn} onFailed={() => setSilent(false)} />
      ) : (
        <OidcSignInForm signIn={signIn} refusal={refusal} />
      )}
    </SignInCard>
  );
};
