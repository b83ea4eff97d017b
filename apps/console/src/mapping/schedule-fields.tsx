import { Field, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { timeZone } from '../i18n/time.js';
import { NumberField } from './number-field.js';
import { DEFAULT_SCHEDULE, type FieldProblems, type Schedule } from './settings.js';
import { TimesFields } from './times-fields.js';

const useStyles = makeStyles({
  fields: { display: 'flex' },
});

const FIRST: Readonly<Record<Schedule['kind'], Schedule>> = {
  interval: DEFAULT_SCHEDULE,
  cron: { kind: 'cron', expression: '0 * * * *', timeZone },
  manual: { kind: 'manual' },
};
const KINDS = ['interval', 'cron', 'manual'] as const;

interface Props {
  readonly schedule: Schedule;
  readonly problems?: FieldProblems;
  readonly onChange: (schedule: Schedule) => void;
}

/** When an unchanged collection is read again; a changed one is read at once whatever this says. */
export const ScheduleFields = ({ schedule, problems = {}, onChange }: Props): ReactNode => {
  const styles = useStyles();
  return (
    <>
      <Field label={t('schedule.kind')} hint={t('schedule.hint')}>
        <RadioGroup
          value={schedule.kind}
          onChange={(_, { value }) => onChange(FIRST[KINDS.find((kind) => kind === value) ?? 'interval'])}
        >
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={t(`schedule.${kind}`)} />
          ))}
        </RadioGroup>
      </Field>
      {schedule.kind === 'interval' && (
        <div className={styles.fields}>
          <NumberField
            label={t('schedule.seconds')}
            unit={t('schedule.seconds.unit')}
            value={schedule.seconds}
            problem={problems['schedule.seconds']}
            onChange={(seconds) => onChange({ kind: 'interval', seconds })}
          />
        </div>
      )}
      {schedule.kind === 'cron' && (
        <TimesFields
          times={schedule}
          path="schedule"
          problems={problems}
          onChange={(times) => onChange({ kind: 'cron', ...times })}
        />
      )}
    </>
  );
};
