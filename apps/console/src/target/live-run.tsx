import { Field, ProgressBar } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { splitTarget } from '../api/client.js';
import { runQuery, tenantsQuery } from '../api/queries.js';
import { applicationsOf, writeBudgetOfAll } from '../health/write-budget.js';
import { t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';
import { useNow } from '../ui/time.js';
import { progressOf } from './run-progress.js';

const EVERY_MS = 2_000;

interface Props {
  readonly id: string;
  readonly target: string;
}

/** The run under way: how far it is and how long it takes. */
export const LiveRun = ({ id, target }: Props): ReactNode => {
  const now = useNow();
  const { data } = useQuery({ ...runQuery(id), refetchInterval: EVERY_MS });
  const { data: tenants } = useQuery(tenantsQuery);
  if (!data) return null;
  const tenant = tenants?.items.find(({ tenantId }) => tenantId === splitTarget(target).tenant);
  const { run } = data;
  const { done, total, atLeast, estimate } = progressOf(run, writeBudgetOfAll(applicationsOf(tenant)), now);
  const throttled = run.counts?.throttled ?? 0;
  const rest =
    estimate !== null
      ? t('run.left.about', { time: duration(estimate) })
      : atLeast >= 1
        ? t('run.left.atLeast', { time: duration(atLeast) })
        : '';
  return (
    <Field
      label={t(`run.live.${run.kind}`)}
      hint={[
        total === 0 ? t('run.looking') : t('run.done', { done, total }),
        rest,
        throttled > 0 ? t('run.throttled', { throttled }) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      {total === 0 ? <ProgressBar /> : <ProgressBar value={done} max={total} />}
    </Field>
  );
};
