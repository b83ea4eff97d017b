import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { timeZone } from '../i18n/time.js';
import type { FieldProblems, Times } from './settings.js';

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalL },
});

interface Props {
  readonly times: Times;
  /** of the times in the API, such as `schedule` */
  readonly path: string;
  readonly problems: FieldProblems;
  readonly onChange: (times: Times) => void;
}

/** A cron expression and its time zone. */
export const TimesFields = ({ times, path, problems, onChange }: Props): ReactNode => {
  const styles = useStyles();
  const wrong = (field: keyof Times) => {
    const problem = problems[`${path}.${field}`];
    return problem === undefined ? {} : ({ validationMessage: problem, validationState: 'error' } as const);
  };
  return (
    <div className={styles.fields}>
      <Field label={t('schedule.expression')} hint={t('schedule.expression.hint')} {...wrong('expression')}>
        <Input value={times.expression} onChange={(_, { value }) => onChange({ ...times, expression: value })} />
      </Field>
      <Field label={t('schedule.timeZone')} hint={t('schedule.timeZone.hint')} {...wrong('timeZone')}>
        <Input value={times.timeZone} onChange={(_, { value }) => onChange({ ...times, timeZone: value })} />
      </Field>
    </div>
  );
};

/** Every night, until something else is typed. */
const FIRST: Times = { expression: '0 3 * * *', timeZone };

interface OptionalProps extends Omit<Props, 'times' | 'onChange'> {
  readonly label: string;
  readonly times: Times | null;
  readonly onChange: (times: Times | null) => void;
}

/** Times that need not be. */
export const OptionalTimes = ({ label, times, onChange, ...fields }: OptionalProps): ReactNode => (
  <div role="group" aria-label={label}>
    <Checkbox label={label} checked={times !== null} onChange={(_, { checked }) => onChange(checked ? FIRST : null)} />
    {times && <TimesFields {...fields} times={times} onChange={onChange} />}
  </div>
);
