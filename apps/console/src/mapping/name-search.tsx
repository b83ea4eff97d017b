import { Dropdown, makeStyles, Option, SearchBox, tokens } from '@fluentui/react-components';
import { useCallback, type ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { useAddress } from '../ui/use-address.js';
import { useTyped } from '../ui/use-typed.js';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, width: '100%', maxWidth: '640px' },
  how: { flex: '0 1 200px', minWidth: '140px' },
  text: { flex: '1 1 240px' },
});

/** A way of comparing names, with what it is called. */
export interface Way<W extends string> {
  readonly way: W;
  readonly label: string;
}

/** What is searched for, and how; both in the address. The first way is the usual one. */
export const useNameSearch = <W extends string>(name: string, ways: readonly [Way<W>, ...Way<W>[]]) => {
  const { params, change } = useAddress();
  const text = params.get(name) ?? '';
  const { way } = ways.find((each) => each.way === params.get(`${name}By`)) ?? ways[0];
  return { name, ways, text, way, change };
};

interface Props<W extends string> {
  readonly search: ReturnType<typeof useNameSearch<W>>;
  readonly label: string;
}

export const NameSearch = <W extends string>({ search, label }: Props<W>): ReactNode => {
  const styles = useStyles();
  const { name, ways, way, text, change } = search;
  const commit = useCallback((typed: string) => change({ [name]: typed }), [change, name]);
  const [typed, type] = useTyped(text, commit);
  return (
    <div className={styles.bar}>
      <SearchBox
        className={styles.text}
        placeholder={label}
        aria-label={label}
        value={typed}
        onChange={(_, { value }) => type(value)}
      />
      <Dropdown
        className={styles.how}
        aria-label={t('map.how')}
        value={ways.find((each) => each.way === way)?.label ?? ''}
        selectedOptions={[way]}
        onOptionSelect={(_, { optionValue }) =>
          change({ [`${name}By`]: optionValue === ways[0].way ? null : optionValue })
        }
      >
        {ways.map((each) => (
          <Option key={each.way} value={each.way}>
            {each.label}
          </Option>
        ))}
      </Dropdown>
    </div>
  );
};
