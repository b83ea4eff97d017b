import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../i18n/t.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { beginSignIn, endSignIn, forgetSignIn, type OidcSignIn } from './oidc.js';
import { SignInCard } from './sign-in-card.js';

interface Props {
  readonly signIn: OidcSignIn;
  readonly refusal: string | null;
}

export const OidcSignInForm = ({ signIn, refusal }: Props): ReactNode => {
  const begin = useMutation({ mutationFn: () => beginSignIn(signIn) });
  if (signIn.clientId === null) return <Text>{t('signIn.oidc.noClient')}</Text>;
  return (
    <>
      {refusal !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('signIn.refused', { why: refusal })}</MessageBarBody>
        </MessageBar>
      )}
      {begin.error && <ProblemState error={begin.error} />}
      <Text>{t('signIn.oidc', { issuer: new URL(signIn.issuer).host })}</Text>
      <Button appearance="primary" onClick={() => begin.mutate()} disabled={begin.isPending}>
        {t('signIn.action')}
      </Button>
    </>
  );
};

/** Asks the provider whether it knows who this is, so that nobody signs in anew in each tab. */
export const SilentSignIn = ({
  signIn,
  onFailed,
}: {
  readonly signIn: OidcSignIn;
  readonly onFailed: () => void;
}): ReactNode => {
  const { mutate } = useMutation({
    mutationFn: () => beginSignIn(signIn, 'none'),
    onError: () => {
      forgetSignIn();
      onFailed();
    },
  });
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) mutate();
    begun.current = true;
  }, [mutate]);
  return <LoadingState label={t('signIn.title')} />;
};

/** Where the provider sends the browser back to. */
export const OidcCallback = ({ signIn }: { readonly signIn: OidcSignIn }): ReactNode => {
  const navigate = useNavigate();
  const { mutate, error } = useMutation({
    mutationFn: () => endSignIn(signIn),
    onSuccess: (page) => void navigate(page, { replace: true }),
  });
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) mutate();
    begun.current = true;
  }, [mutate]);
  return (
    <SignInCard>
      {error ? (
        <>
          <Text>{t('signIn.oidc.failed', { why: error.message })}</Text>
          <Button appearance="primary" onClick={() => void navigate('/', { replace: true })}>
            {t('signIn.again')}
          </Button>
        </>
      ) : (
        <LoadingState label={t('signIn.title')} />
      )}
    </SignInCard>
  );
};
