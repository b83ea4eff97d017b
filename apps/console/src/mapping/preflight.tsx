import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { preflightQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import type { ChosenGroup } from './group-step.js';

interface Props {
  readonly group: ChosenGroup;
  readonly type: 'device' | 'user';
}

/** May the group be synchronised, and what is to be fixed first. */
export const Preflight = ({ group, type }: Props): ReactNode => {
  const { data, error, refetch } = useQuery(preflightQuery(group.tenantId, group.groupId, type));
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('preflight')} />;
  const intent = data.problems.length > 0 ? 'error' : data.warnings.length > 0 ? 'warning' : 'success';
  const findings = [...data.problems, ...data.warnings];
  return (
    <MessageBar intent={intent} layout="multiline" style={{ flexShrink: 0 }}>
      <MessageBarBody>
        <MessageBarTitle>{t(`preflight.${intent}`, { group: data.groupName })}</MessageBarTitle>
        {findings.map(({ code, message }) => (
          <div key={code}>{message}</div>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
};
