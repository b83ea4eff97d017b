/** Rows before the end at which the next page is read. */
const AHEAD = 50;

export interface SeenPages {
  readonly from: number;
  /** the one after the last for rows that are not read yet */
  readonly to: number;
}

type Rows = { readonly items: readonly unknown[] };

/**
 * The pages of the rows that are seen. `from` is always one that has been read, or the first: also of a listing without rows, or with fewer
 * than before.
 */
export const seenPages = (pages: readonly Rows[], first: number, last: number): SeenPages => ({
  from: Math.max(0, Math.min(pageAt(pages, first), pages.length - 1)),
  to: pageAt(pages, last + AHEAD),
});

const pageAt = (pages: readonly Rows[], row: number): number => {
  let rows = 0;
  const at = pages.findIndex(({ items }) => (rows += items.length) > row);
  return at < 0 ? pages.length : at;
};
