import { useCallback, useMemo, useState } from 'react';
import type { Column } from './table.js';
import { useStored } from './use-stored.js';

type Widths = Readonly<Record<string, number>>;

const isWidths = (value: unknown): value is Widths =>
  typeof value === 'object' && value !== null && Object.values(value).every((width) => Number.isFinite(width));

const NARROWEST = 48;
const WIDEST = 900;

/** The widths that somebody gave to columns, remembered under the name of the table; a column that has one does not grow. */
export const useWidths = <T>(table: string, columns: readonly Column<T>[]) => {
  const [stored, store] = useStored<Widths>(`widths.${table}`, {}, isWidths);
  const [dragged, drag] = useState<Widths>({});
  const sized = useMemo(
    () =>
      columns.map((column) => {
        const width = dragged[column.id] ?? stored[column.id];
        return width === undefined ? column : { ...column, width, grow: false };
      }),
    [columns, stored, dragged],
  );
  /** @param width null gives the column its own width again; `done` remembers it */
  const resize = useCallback(
    (id: string, width: number | null, done: boolean): void => {
      const { [id]: _, ...others } = stored;
      const next =
        width === null ? others : { ...others, [id]: Math.min(WIDEST, Math.max(NARROWEST, Math.round(width))) };
      drag(done ? {} : next);
      if (done) store(next);
    },
    [stored, store],
  );
  return { sized, resize };
};
