import {
  Button,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  OptionGroup,
  SearchBox,
  tokens,
} from '@fluentui/react-components';
import { useCallback, type ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { ExportMenu } from '../ui/export-button.js';
import { useTyped } from '../ui/use-typed.js';
import { actionInWords, actionsOfKind, AUDIT_KINDS } from './actions.js';
import { PersonFilter } from './person-filter.js';
import { NO_FILTER, type AuditView } from './use-audit-view.js';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalM },
  text: { flex: '1 1 200px', maxWidth: '300px' },
  action: { flex: '1 1 180px', maxWidth: '260px' },
});

interface Props {
  readonly view: AuditView;
}

/** Narrows the log down, and takes what is left as a file. */
export const AuditFilters = ({ view }: Props): ReactNode => {
  const styles = useStyles();
  return (
    <div className={styles.bar} role="group" aria-label={t('audit.filters')}>
      <PersonFilter view={view} />
      <SubjectFilter view={view} />
      <ActionFilter view={view} />
      <DayFilter view={view} name="from" />
      <DayFilter view={view} name="to" />
      {view.filtered && <Button onClick={() => view.change(NO_FILTER)}>{t('audit.clear')}</Button>}
      <ExportMenu path="/api/v1/export/audit" file="audit" filter={view.filter} />
    </div>
  );
};

const SubjectFilter = ({ view }: Props): ReactNode => {
  const { change } = view;
  const commit = useCallback((search: string) => change({ search }), [change]);
  const [text, type] = useTyped(view.search, commit);
  return (
    <Field label={t('audit.search')} className={useStyles().text}>
      <SearchBox placeholder={t('audit.search.hint')} value={text} onChange={(_, { value }) => type(value)} />
    </Field>
  );
};

/** An action such as `mapping.change`, or all of a kind. */
const ActionFilter = ({ view }: Props): ReactNode => {
  const { action, kind, change } = view;
  const all = (each: (typeof AUDIT_KINDS)[number]): string => t('audit.kind.all', { kind: t(`audit.kind.${each}`) });
  return (
    <Field label={t('audit.action')} className={useStyles().action}>
      <Dropdown
        style={{ minWidth: 0 }}
        value={action ? actionInWords(action) : kind ? all(kind) : t('audit.action.all')}
        selectedOptions={[action ?? kind ?? '']}
        onOptionSelect={(_, { optionValue = '' }) => {
          const isKind = AUDIT_KINDS.some((each) => each === optionValue);
          change({ kind: isKind ? optionValue : null, action: isKind ? null : optionValue });
        }}
      >
        <Option value="">{t('audit.action.all')}</Option>
        {AUDIT_KINDS.map((each) => (
          <OptionGroup key={each} label={t(`audit.kind.${each}`)}>
            <Option value={each}>{all(each)}</Option>
            {actionsOfKind(each).map((one) => (
              <Option key={one} value={one}>
                {actionInWords(one)}
              </Option>
            ))}
          </OptionGroup>
        ))}
      </Dropdown>
    </Field>
  );
};

const DayFilter = ({ view, name }: Props & { readonly name: 'from' | 'to' }): ReactNode => (
  <Field label={t(`audit.${name}Day`)}>
    <Input type="date" value={view[name]} onChange={(_, { value }) => view.change({ [name]: value })} />
  </Field>
);
