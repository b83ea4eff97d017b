import { Button, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { problemOf, toProblem } from '../api/problem.js';
import { t } from '../i18n/t.js';
import { session } from '../api/session.js';

/** @throws ApiProblem for a token that is not accepted */
const tryToken = async (token: string): Promise<void> => {
  const answer = await fetch('/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined));
  session.signIn(token);
};

export const TokenSignInForm = ({ refusal }: { readonly refusal: string | null }): ReactNode => {
  const [token, setToken] = useState('');
  const attempt = useMutation({ mutationFn: tryToken });
  const problem = attempt.error && toProblem(attempt.error);
  const refused = problem?.status === 401 ? t('signIn.token.refused') : [problem?.message, problem?.advice].join(' ');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate(token.trim());
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      {refusal !== null && !problem && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('signIn.refused', { why: refusal })}</MessageBarBody>
        </MessageBar>
      )}
      <Field
        label={t('signIn.token')}
        hint={t('signIn.token.hint')}
        {...(problem && { validationMessage: refused, validationState: 'error' })}
      >
        <Input
          type="password"
          autoComplete="current-password"
          value={token}
          onChange={(_, { value }) => setToken(value)}
          required
          autoFocus
        />
      </Field>
      <Button type="submit" appearance="primary" disabled={token.trim() === '' || attempt.isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  );
};
