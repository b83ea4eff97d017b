import stringWidth from 'fast-string-width';
import { shownName } from '@collection-sync/core';

export interface Column<T> {
  readonly title: string;
  readonly of: (row: T) => unknown;
  readonly right?: boolean;
}

const GAP = '  ';

export const cellOf = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '-' : shownName(String(value));

/**
 * Lines of a table: every cell is padded to the width that it takes on a screen.
 * @param paint gives a cell its colour
 */
export const tableLines = <T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  paint: (cell: string) => string = (cell) => cell,
): string[] => {
  const cells = rows.map((row) => columns.map(({ of }) => cellOf(of(row))));
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, at) => Math.max(...[titles, ...cells].map((line) => stringWidth(line[at] ?? ''))));
  const lineOf = (line: readonly string[], painted: (cell: string) => string): string =>
    line
      .map((cell, at) => {
        const blanks = ' '.repeat((widths[at] ?? 0) - stringWidth(cell));
        return columns[at]?.right ? blanks + painted(cell) : painted(cell) + blanks;
      })
      .join(GAP)
      .trimEnd();
  return [lineOf(titles, (cell) => cell), ...cells.map((line) => lineOf(line, paint))];
};
