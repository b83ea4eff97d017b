import { Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useCallback, type ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { useTyped } from '../ui/use-typed.js';
import { PairTable } from './pair-table.js';
import type { Pair } from './use-pairs.js';
import { nameInAddress, PLACEHOLDER, type Wizard } from './use-wizard.js';

const useStyles = makeStyles({
  pattern: { maxWidth: '420px' },
  count: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly wizard: Wizard;
  readonly pairs: readonly Pair[];
}

/** A group for each collection: by a pattern of names, or by a name of its own. */
export const PairsStep = ({ wizard, pairs }: Props): ReactNode => {
  const styles = useStyles();
  const { pattern, change } = wizard;
  const commit = useCallback((text: string) => change({ pattern: text === PLACEHOLDER ? null : text }), [change]);
  const [text, type] = useTyped(pattern, commit);
  const ready = pairs.filter(({ group, barred }) => group && barred === null).length;
  return (
    <>
      <Field
        label={t('map.pattern')}
        hint={t('map.pattern.hint', { collection: PLACEHOLDER })}
        className={styles.pattern}
      >
        <Input value={text} onChange={(_, { value }) => type(value)} />
      </Field>
      <Text className={styles.count} role="status">
        {t('map.pairs.ready', { ready, all: pairs.length })}
      </Text>
      <PairTable pairs={pairs} nameOf={(pair) => <NameOf wizard={wizard} pair={pair} />} />
    </>
  );
};

const NameOf = ({ wizard, pair }: { readonly wizard: Wizard; readonly pair: Pair }): ReactNode => {
  const { change } = wizard;
  const { collectionId, collectionName } = pair.collection;
  const commit = useCallback((text: string) => change({ [nameInAddress(collectionId)]: text }), [change, collectionId]);
  const [text, type] = useTyped(pair.groupName, commit);
  return (
    <Input
      aria-label={t('map.pair.group', { collection: collectionName })}
      value={text}
      onChange={(_, { value }) => type(value)}
      style={{ width: '100%' }}
    />
  );
};
