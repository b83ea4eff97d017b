import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { toProblem } from '../api/problem.js';
import { meQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { beginSignIn } from './oidc.js';
import { session } from '../api/session.js';
import { SignInCard } from './sign-in-card.js';

interface Props {
  readonly signIn: Schema['SignIn'] | undefined;
  readonly children: ReactNode;
}

/** Whoever has signed in may still have no role here. */
export const Admission = ({ signIn, children }: Props): ReactNode => {
  const { data: me, error, refetch } = useQuery(meQuery);
  if (me) return children;
  if (!error) return <LoadingState label={t('state.page')} />;
  const asOther = (): void => {
    if (signIn?.mode === 'oidc') void beginSignIn(signIn, 'login');
    else session.signOut();
  };
  return (
    <SignInCard>
      <ProblemState error={error} retry={refetch} />
      {[403, 429].includes(toProblem(error).status) && (
        <Button appearance="primary" onClick={asOther}>
          {t('signIn.asOther')}
        </Button>
      )}
    </SignInCard>
  );
};
