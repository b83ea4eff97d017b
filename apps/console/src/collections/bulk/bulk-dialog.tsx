import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.js';
import { LoadingState, ProblemState } from '../../ui/states.js';
import { DataTable, type Column } from '../../ui/table.js';
import type { BulkAction, Chosen } from './bulk-actions.js';
import { useBulk, type BulkRow } from './use-bulk.js';

const useStyles = makeStyles({
  surface: { maxWidth: '760px' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
});

interface Props {
  readonly action: BulkAction;
  readonly chosen: readonly Chosen[];
  readonly onClose: (done: boolean) => void;
}

const columnsOf = (action: BulkAction, doing: boolean): readonly Column<BulkRow>[] => {
  const result = ({ not, outcome }: BulkRow): string =>
    not !== null ? t(`bulk.not.${not}`) : (outcome?.text ?? t(doing ? 'bulk.doing' : `bulk.will.${action}`));
  return [
    { id: 'group', title: t('column.groupName'), width: 130, grow: true, render: ({ group }) => group },
    {
      id: 'result',
      title: t(doing ? 'bulk.result' : 'bulk.plan'),
      width: 160,
      grow: true,
      render: (row) => <span title={result(row)}>{result(row)}</span>,
    },
  ];
};

/** Says what it will do with whom before it does it, and of each group what became of it. */
export const BulkDialog = ({ action, chosen, onClose }: Props): ReactNode => {
  const styles = useStyles();
  const { rows, known, error, refetch, state, run } = useBulk(action, chosen);
  const able = rows.filter(({ not }) => not === null);
  const refused = able.filter(({ outcome }) => outcome?.ok === false).length;
  const title =
    state === 'asking'
      ? t(`bulk.title.${action}`, { count: able.length })
      : t('bulk.progress', { done: able.filter(({ outcome }) => outcome).length, count: able.length, refused });
  const close = (): void => onClose(state === 'done');
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && state !== 'doing' && close()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{known ? title : t('bulk.reading')}</DialogTitle>
          <DialogContent className={styles.content}>
            {error && <ProblemState error={error} retry={refetch} />}
            {!error && !known && <LoadingState label={t('bulk.reading')} />}
            {known && (
              <>
                <Text>{t(`bulk.text.${action}`)}</Text>
                {able.length < rows.length && (
                  <Text weight="semibold">
                    {t('bulk.leftOut', { left: rows.length - able.length, chosen: rows.length })}
                  </Text>
                )}
                <DataTable
                  label={t('bulk.chosen')}
                  columns={columnsOf(action, state !== 'asking')}
                  rows={rows}
                  rowKey={({ target }) => target}
                  empty={null}
                />
              </>
            )}
          </DialogContent>
          <DialogActions>
            {state !== 'doing' && (
              <Button onClick={close}>{t(state === 'done' ? 'action.close' : 'action.back')}</Button>
            )}
            {state !== 'done' && (
              <Button
                appearance="primary"
                disabled={!known || able.length === 0 || state === 'doing'}
                onClick={() => void run()}
              >
                {t(`bulk.do.${action}`, { count: able.length })}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
};
