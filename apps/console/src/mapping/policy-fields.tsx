import { Field, makeStyles, Radio, RadioGroup, SpinButton, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import type { Policy } from './settings.js';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
});

interface NumberProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

const NumberField = ({ label, hint, onChange, ...spin }: NumberProps): ReactNode => (
  <Field label={label} hint={hint}>
    <SpinButton
      {...spin}
      onChange={(_, { value, displayValue }) => {
        const typed = value ?? Number(displayValue);
        if (Number.isInteger(typed) && typed >= spin.min && typed <= spin.max) onChange(typed);
      }}
    />
  </Field>
);

interface Props {
  readonly policy: Policy;
  readonly onChange: (policy: Policy) => void;
}

/** Limits of the removal guard, what counts as a failed member, and what becomes of disabled ones. */
export const PolicyFields = ({ policy, onChange }: Props): ReactNode => {
  const styles = useStyles();
  const { guard } = policy;
  const change = (changed: Partial<Policy['guard']>): void => onChange({ ...policy, guard: { ...guard, ...changed } });
  return (
    <>
      <div className={styles.grid}>
        <NumberField
          label={t('policy.maxRemovals')}
          hint={t('policy.maxRemovals.hint')}
          value={guard.maxRemovals}
          min={0}
          max={1_000_000}
          onChange={(maxRemovals) => change({ maxRemovals })}
        />
        <NumberField
          label={t('policy.maxShare')}
          hint={t('policy.maxShare.hint')}
          value={Math.round(guard.maxShare * 100)}
          min={0}
          max={100}
          onChange={(percent) => change({ maxShare: percent / 100 })}
        />
        <NumberField
          label={t('policy.shareFrom')}
          hint={t('policy.shareFrom.hint')}
          value={guard.shareFrom}
          min={1}
          max={1_000_000}
          onChange={(shareFrom) => change({ shareFrom })}
        />
        <NumberField
          label={t('policy.neverEmptyFrom')}
          hint={t('policy.neverEmptyFrom.hint')}
          value={guard.neverEmptyFrom}
          min={1}
          max={1_000_000}
          onChange={(neverEmptyFrom) => change({ neverEmptyFrom })}
        />
        <NumberField
          label={t('policy.expires')}
          hint={t('policy.expires.hint')}
          value={guard.expiresAfterHours}
          min={1}
          max={24 * 90}
          onChange={(expiresAfterHours) => change({ expiresAfterHours })}
        />
      </div>
      <div className={styles.grid}>
        {(['withoutRecord', 'otherTenant'] as const).map((kind) => (
          <Field key={kind} label={t(`policy.${kind}`)}>
            <RadioGroup
              value={policy[kind]}
              onChange={(_, { value }) => onChange({ ...policy, [kind]: value === 'exclude' ? 'exclude' : 'fail' })}
            >
              <Radio value="fail" label={t('policy.fail')} />
              <Radio value="exclude" label={t('policy.exclude')} />
            </RadioGroup>
          </Field>
        ))}
        <Field label={t('policy.disabledObjects')}>
          <RadioGroup
            value={policy.disabledObjects}
            onChange={(_, { value }) =>
              onChange({ ...policy, disabledObjects: value === 'remove' ? 'remove' : 'keep' })
            }
          >
            <Radio value="keep" label={t('policy.keep')} />
            <Radio value="remove" label={t('policy.remove')} />
          </RadioGroup>
        </Field>
      </div>
    </>
  );
};
