import { Button, Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { KINDS, STATES, type RunFilterView } from './run-filter.js';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
  choice: { minWidth: '150px' },
});

const ALL = 'all';

/** Which runs are shown: by kind, by state, by the day on which they began. */
export const RunFilterBar = ({ view }: { readonly view: RunFilterView }): ReactNode => {
  const styles = useStyles();
  const { kind, state, days, filter, change } = view;
  const chosen = (value: string | undefined): string | null => (value === ALL ? null : (value ?? null));
  return (
    <div className={styles.bar} role="group" aria-label={t('history.filter')}>
      <Field label={t('run.kind')}>
        <Dropdown
          className={styles.choice}
          value={kind ? t(`run.kind.${kind}`) : t('history.all')}
          selectedOptions={[kind ?? ALL]}
          onOptionSelect={(_, { optionValue }) => change({ kind: chosen(optionValue) })}
        >
          <Option value={ALL}>{t('history.all')}</Option>
          <>
            {KINDS.map((each) => (
              <Option key={each} value={each}>
                {t(`run.kind.${each}`)}
              </Option>
            ))}
          </>
        </Dropdown>
      </Field>
      <Field label={t('run.state')}>
        <Dropdown
          className={styles.choice}
          value={state ? t(`run.state.${state}`) : t('history.all')}
          selectedOptions={[state ?? ALL]}
          onOptionSelect={(_, { optionValue }) => change({ runState: chosen(optionValue) })}
        >
          <Option value={ALL}>{t('history.all')}</Option>
          <>
            {STATES.map((each) => (
              <Option key={each} value={each}>
                {t(`run.state.${each}`)}
              </Option>
            ))}
          </>
        </Dropdown>
      </Field>
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t(`history.${end}`)}>
          <Input type="date" value={days[end]} onChange={(_, { value }) => change({ [end]: value })} />
        </Field>
      ))}
      {Object.keys(filter).length > 0 && (
        <Button appearance="subtle" onClick={() => change({ kind: null, runState: null, from: null, to: null })}>
          {t('history.showAll')}
        </Button>
      )}
    </div>
  );
};
