import { Field, Input, makeStyles, Radio, RadioGroup, SpinButton, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { DEFAULT_SCHEDULE, type Schedule } from './settings.js';

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalL },
});

const FIRST: Readonly<Record<Schedule['kind'], () => Schedule>> = {
  interval: () => DEFAULT_SCHEDULE,
  cron: () => ({ kind: 'cron', expression: '0 * * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  manual: () => ({ kind: 'manual' }),
};
const KINDS = ['interval', 'cron', 'manual'] as const;

interface Props {
  readonly schedule: Schedule;
  readonly onChange: (schedule: Schedule) => void;
}

/** When an unchanged collection is read again; a changed one is read at once whatever this says. */
export const ScheduleFields = ({ schedule, onChange }: Props): ReactNode => {
  const styles = useStyles();
  return (
    <>
      <Field label={t('schedule.kind')} hint={t('schedule.hint')}>
        <RadioGroup
          value={schedule.kind}
          onChange={(_, { value }) => onChange(FIRST[KINDS.find((kind) => kind === value) ?? 'interval']())}
        >
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={t(`schedule.${kind}`)} />
          ))}
        </RadioGroup>
      </Field>
      <div className={styles.fields}>
        {schedule.kind === 'interval' && (
          <Field label={t('schedule.seconds')}>
            <SpinButton
              value={schedule.seconds}
              min={30}
              max={86_400}
              step={30}
              onChange={(_, { value, displayValue }) => {
                const seconds = value ?? Number(displayValue);
                if (Number.isInteger(seconds) && seconds >= 30 && seconds <= 86_400)
                  onChange({ kind: 'interval', seconds });
              }}
            />
          </Field>
        )}
        {schedule.kind === 'cron' && (
          <>
            <Field label={t('schedule.expression')} hint={t('schedule.expression.hint')}>
              <Input
                value={schedule.expression}
                onChange={(_, { value }) => onChange({ ...schedule, expression: value })}
              />
            </Field>
            <Field label={t('schedule.timeZone')}>
              <Input
                value={schedule.timeZone}
                onChange={(_, { value }) => onChange({ ...schedule, timeZone: value })}
              />
            </Field>
          </>
        )}
      </div>
    </>
  );
};
