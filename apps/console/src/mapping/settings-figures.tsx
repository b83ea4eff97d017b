import { Checkbox } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { duration } from '../i18n/time.js';
import { Figure } from '../ui/figure.js';
import { typedOf, type Schedule, type Settings } from './settings.js';
import type { Wizard } from './use-wizard.js';

const scheduleText = (schedule: Schedule): string =>
  schedule.kind === 'interval'
    ? t('schedule.every', { time: duration(schedule.seconds) })
    : schedule.kind === 'cron'
      ? `${schedule.expression} (${schedule.timeZone})`
      : t('schedule.manual');

/** Guard and schedule in short. */
export const SettingsFigures = ({ settings: { policy, schedule } }: { readonly settings: Settings }): ReactNode => (
  <>
    <Figure label={t('policy.title')}>
      {t('policy.short', {
        maxRemovals: policy.guard.maxRemovals,
        maxShare: typedOf('maxShare', policy.guard.maxShare),
      })}
    </Figure>
    <Figure label={t('schedule.title')}>{scheduleText(schedule)}</Figure>
  </>
);

export const BeginPaused = ({ wizard: { paused, change } }: { readonly wizard: Wizard }): ReactNode => (
  <Checkbox
    label={t('map.paused')}
    checked={paused}
    onChange={(_, { checked }) => change({ paused: checked === true ? 'yes' : null })}
  />
);
