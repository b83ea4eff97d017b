import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { NumberField } from './number-field.js';
import {
  GUARD_NUMBERS,
  keptOf,
  POLICY_CHOICES,
  POLICY_TIMES,
  typedOf,
  type FieldProblems,
  type Policy,
} from './settings.js';
import { OptionalTimes } from './times-fields.js';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))',
    alignItems: 'start',
    gap: tokens.spacingHorizontalL,
  },
});

interface Props {
  readonly policy: Policy;
  readonly problems?: FieldProblems;
  readonly onChange: (policy: Policy) => void;
}

/** Limits of the removal guard, what counts as a failed member, what becomes of disabled ones, and runs at times of their own. */
export const PolicyFields = ({ policy, problems = {}, onChange }: Props): ReactNode => {
  const styles = useStyles();
  const { guard } = policy;
  return (
    <>
      <div className={styles.grid}>
        {GUARD_NUMBERS.map((name) => (
          <NumberField
            key={name}
            label={t(`policy.${name}`)}
            hint={t(`policy.${name}.hint`)}
            unit={t(`policy.${name}.unit`)}
            value={typedOf(name, guard[name])}
            problem={problems[`policy.guard.${name}`]}
            onChange={(typed) => onChange({ ...policy, guard: { ...guard, [name]: keptOf(name, typed) } })}
          />
        ))}
      </div>
      <div className={styles.grid}>
        {POLICY_CHOICES.map(({ name, values }) => (
          <Field key={name} label={t(`policy.${name}`)}>
            <RadioGroup value={policy[name]} onChange={(_, { value }) => onChange({ ...policy, [name]: value })}>
              {values.map((value) => (
                <Radio key={value} value={value} label={t(`policy.${value}`)} />
              ))}
            </RadioGroup>
          </Field>
        ))}
      </div>
      {POLICY_TIMES.map((name) => (
        <OptionalTimes
          key={name}
          label={t(`policy.${name}`)}
          path={`policy.${name}`}
          times={policy[name]}
          problems={problems}
          onChange={(times) => onChange({ ...policy, [name]: times })}
        />
      ))}
    </>
  );
};
