import {
  makeStyles,
  mergeClasses,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { shownName } from '@collection-sync/core/shown-text';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useDeferredValue, useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { ResizeHandle } from './resize-handle.js';
import { ProblemState } from './states.js';
import { useWidths } from './use-widths.js';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** px; a column that grows takes what is left */
  readonly width: number;
  readonly grow?: boolean;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  /** its title, where that is more than a text; `title` stays its name */
  readonly header?: (rows: readonly T[]) => ReactNode;
  /** false keeps its width */
  readonly resizable?: boolean;
  render(row: T): ReactNode;
}

export interface Sorting {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

interface Props<T> {
  /** what a screen reader calls it */
  readonly label: string;
  /** its columns may be given another width, which is remembered under this name */
  readonly name?: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly rowHeight?: number;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** another listing begins at its top */
  readonly listing?: string;
  /** there are rows after these */
  readonly more?: boolean;
  /** told which rows are seen, by their index */
  readonly onSee?: (first: number, last: number) => void;
  /** why there are no more rows yet */
  readonly problem?: unknown;
  readonly retry?: () => void;
  /** shown instead of rows when there are none */
  readonly empty: ReactNode;
  /** takes the height that its parent leaves */
  readonly fill?: boolean;
}

const HEADER = 40;
const OVERSCAN = 6;

const useStyles = makeStyles({
  scroll: {
    overflow: 'auto',
    maxHeight: '560px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    position: 'relative',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  fill: { flex: '1 1 0', minHeight: '280px', maxHeight: 'none' },
  table: { minWidth: '100%', width: 'max-content' },
  header: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground2 },
  title: {
    position: 'relative',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
  },
  row: { position: 'absolute', left: 0, right: 0, alignItems: 'center', contain: 'strict' },
  cell: { overflow: 'hidden', minWidth: 0, height: 'auto' },
  content: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', width: '100%' },
  numeric: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  numericTitle: { '& > *': { justifyContent: 'flex-end' } },
  foot: { padding: tokens.spacingVerticalS, position: 'sticky', left: 0 },
});

const sizeOf = ({ width, grow }: Pick<Column<never>, 'width' | 'grow'>): CSSProperties => ({
  flex: `${grow ? 1 : 0} 0 ${width}px`,
});

/** A name in a cell shows the blanks at its ends. */
const cellOf = (content: ReactNode): ReactNode => (typeof content === 'string' ? shownName(content) : content);

interface RowProps<T> {
  readonly row: T;
  readonly columns: readonly Column<T>[];
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

const Row = <T,>({ row, columns, index, top, height }: RowProps<T>): ReactNode => {
  const styles = useStyles();
  return (
    <TableRow aria-rowindex={index + 2} className={styles.row} style={{ height, transform: `translateY(${top}px)` }}>
      {columns.map((column) => (
        <TableCell key={column.id} style={sizeOf(column)} className={styles.cell}>
          <div className={mergeClasses(styles.content, column.numeric && styles.numeric)}>
            {cellOf(column.render(row))}
          </div>
        </TableCell>
      ))}
    </TableRow>
  );
};
const SameRow = memo(Row) as typeof Row;

/** A table of any length: only the rows that can be seen exist. */
export const DataTable = <T,>(props: Props<T>): ReactNode => {
  const { rows, rowHeight = 40, sorting, onSort, listing, more = false, onSee, problem = null } = props;
  const { sized: columns, resize } = useWidths(props.name ?? '', props.columns);
  const styles = useStyles();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: HEADER,
    useFlushSync: false,
  });
  const visible = virtual.getVirtualItems();
  const [first, last] = [visible[0]?.index ?? 0, visible.at(-1)?.index ?? 0];
  useEffect(() => onSee?.(first, last), [first, last, rows.length, onSee]);
  useEffect(() => void scroll.current?.scrollTo({ top: 0 }), [listing]);
  // what is scrolled to is shown when there is time, so that scrolling itself never waits
  const shown = useDeferredValue(visible);

  const sort = (id: string): void =>
    onSort?.({ by: id, order: sorting?.by === id && sorting.order === 'asc' ? 'desc' : 'asc' });
  return (
    <div
      ref={scroll}
      className={mergeClasses(styles.scroll, props.fill && styles.fill)}
      tabIndex={0}
      role="region"
      aria-label={props.label}
    >
      <Table
        noNativeElements
        size="small"
        className={styles.table}
        aria-label={props.label}
        aria-rowcount={more ? -1 : rows.length + 1}
        sortable={onSort !== undefined}
      >
        <TableHeader className={styles.header}>
          <TableRow aria-rowindex={1} style={{ height: HEADER }}>
            {columns.map((column) => (
              <TableHeaderCell
                key={column.id}
                style={sizeOf(column)}
                className={mergeClasses(styles.title, column.numeric && styles.numericTitle)}
                sortable={column.sortable ?? false}
                {...(props.name !== undefined &&
                  column.resizable !== false && {
                    aside: (
                      <ResizeHandle
                        title={column.title}
                        width={column.width}
                        onResize={(width, done) => resize(column.id, width, done)}
                      />
                    ),
                  })}
                {...(column.sortable && {
                  onClick: () => sort(column.id),
                  sortDirection:
                    sorting?.by === column.id ? (sorting.order === 'asc' ? 'ascending' : 'descending') : undefined,
                })}
              >
                {column.header ? column.header(rows) : column.title}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {shown.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <SameRow
                key={props.rowKey(row)}
                row={row}
                columns={columns}
                index={item.index}
                top={item.start - HEADER}
                height={rowHeight}
              />
            );
          })}
        </TableBody>
      </Table>
      {rows.length === 0 && <div className={styles.foot}>{props.empty}</div>}
      {more && (
        <div className={styles.foot}>
          {problem === null ? (
            <Spinner size="tiny" label={t('table.more')} />
          ) : (
            <ProblemState error={problem} {...(props.retry && { retry: props.retry })} />
          )}
        </div>
      )}
    </div>
  );
};
