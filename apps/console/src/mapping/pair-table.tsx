import {
  Badge,
  makeStyles,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import type { Pair } from './use-pairs.js';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  table: { minWidth: '640px', '& td': { paddingBlock: '6px' } },
});

interface Props {
  readonly pairs: readonly Pair[];
  readonly nameOf: (pair: Pair) => ReactNode;
  /** what is to be said or done in place of the check */
  readonly verdictOf?: (pair: Pair) => ReactNode;
}

/** Each collection with its group, and whether it can be. */
export const PairTable = ({ pairs, nameOf, verdictOf = (pair) => <Verdict pair={pair} /> }: Props): ReactNode => {
  const styles = useStyles();
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('map.pairs')}>
      <Table className={styles.table} aria-label={t('map.pairs')}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t('map.step.collection')}</TableHeaderCell>
            <TableHeaderCell>{t('map.step.group')}</TableHeaderCell>
            <TableHeaderCell>{t('map.verdict')}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {pairs.map((pair) => (
            <TableRow key={pair.collection.collectionId}>
              <TableCell>{`${pair.collection.collectionName} (${pair.collection.collectionId})`}</TableCell>
              <TableCell>{nameOf(pair)}</TableCell>
              <TableCell>{verdictOf(pair)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
};

export const Verdict = ({ pair: { group, loading, barred } }: { readonly pair: Pair }): ReactNode => {
  if (barred !== null) return barred;
  if (loading || !group) return <Spinner size="tiny" label={t('preflight')} style={{ justifyContent: 'flex-start' }} />;
  const [warning] = group.warnings;
  return (
    <Badge appearance="tint" color={warning ? 'warning' : 'success'} title={warning?.message}>
      {t(warning ? 'map.canBeWrittenBut' : 'map.canBeWritten')}
    </Badge>
  );
};
