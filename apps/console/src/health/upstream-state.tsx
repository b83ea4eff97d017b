import { Badge, Field, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { number, t } from '../i18n/t.js';

type Upstream = Schema['Upstream'];

/** Its code, or where it is until it has stated one. */
export const titleOfSite = ({ name, address }: Upstream): string =>
  name === 'unnamed' && address ? t('health.site.unnamed', { address }) : t('health.site.title', { site: name });

const COLORS = { ready: 'success', loading: 'brand', unavailable: 'danger' } as const;

export const UpstreamBadge = ({ state }: { readonly state: Upstream['state'] }): ReactNode => (
  <Badge appearance="tint" color={COLORS[state]}>
    {t(`upstream.${state}`)}
  </Badge>
);

/** Why something outside cannot be used or not wholly, and what to do. */
export const UpstreamProblem = ({ upstream }: { readonly upstream: Upstream }): ReactNode =>
  (upstream.state === 'unavailable' || upstream.reason !== null) && (
    <MessageBar
      intent={upstream.state === 'unavailable' ? 'error' : 'warning'}
      layout="multiline"
      style={{ flexShrink: 0 }}
    >
      <MessageBarBody>
        <MessageBarTitle>{upstream.code ?? t('upstream.unavailable')}</MessageBarTitle>
        {upstream.reason}
      </MessageBarBody>
    </MessageBar>
  );

/** How far the reading is; what is ready may be read anew all the same. */
export const UpstreamProgress = ({ upstream }: { readonly upstream: Upstream }): ReactNode => {
  if (!upstream.progress) return null;
  const { done, total, unit } = upstream.progress;
  return (
    <Field
      label={t(upstream.state === 'ready' ? 'health.reading' : 'health.loading', { unit })}
      hint={total === null ? number(done) : t('run.done', { done, total })}
    >
      {total === null ? <ProgressBar /> : <ProgressBar value={done} max={Math.max(total, 1)} />}
    </Field>
  );
};
