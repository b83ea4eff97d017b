import { storableText } from '@collection-sync/core';
import { z } from 'zod';
import { Problem } from './problem.js';

/** The end of the year 9999, ms since 1970: no time, number or count of a listing is beyond it. */
const LAST_MOMENT = 253_402_300_799_999;

const DEFAULT_PAGE = 50;
const LONGEST_PAGE = 500;

/** The query fields of every listing. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(LONGEST_PAGE).default(DEFAULT_PAGE).describe('items on the page'),
  cursor: z
    .string()
    .max(2_000)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be `next` of the page before')
    .optional()
    .describe('`next` of the page before'),
};

export const pageOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('cursor of the next page; null at the end') });

export interface PageOf<T> {
  items: T[];
  next: string | null;
}

type Position = readonly (string | number | null)[];

/** A cursor is the position of the last item; it belongs to the sort order that it was made for. */
export const cursorOf = (order: string, position: Position): string =>
  Buffer.from(JSON.stringify([order, ...position])).toString('base64url');

const cursorShape = z.array(z.union([z.string(), z.number(), z.null()])).min(2);

/**
 * @param kinds what each value of the position must be
 * @throws Problem 400 for a cursor of another listing or order
 */
export const decodeCursor = (
  cursor: string | undefined,
  order: string,
  kinds: readonly ('string' | 'number')[],
): Position | undefined => {
  if (cursor === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    json = undefined;
  }
  const parsed = cursorShape.safeParse(json);
  const [name, ...position] = parsed.data ?? [];
  const fits = name === order && position.length === kinds.length && kinds.every((kind, at) => isA(kind, position[at]));
  if (!fits) throw badCursor();
  return position;
};

/** The position in a listing by time and id, newest first. */
export const decodeMomentCursor = (
  cursor: string | undefined,
  order: string,
): readonly [string, string] | undefined => {
  const position = decodeCursor(cursor, order, ['string', 'string']);
  if (!position) return undefined;
  const parsed = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]).safeParse(position);
  if (!parsed.success || !isMoment(Date.parse(parsed.data[0]))) throw badCursor();
  return parsed.data;
};

const badCursor = (): Problem => {
  const message = 'is not a cursor of this listing in this order; take `next` of the page before, or leave it out';
  return new Problem(400, `query.cursor: ${message}`, { errors: [{ field: 'query.cursor', message }] });
};

const isMoment = (ms: number): boolean => ms >= 0 && ms <= LAST_MOMENT;

/** What the database can compare with: whole numbers up to the last moment it is asked about, and text that it can take. */
const isA = (kind: 'string' | 'number', value: unknown): boolean =>
  kind === 'number'
    ? Number.isSafeInteger(value) && Math.abs(value as number) <= LAST_MOMENT
    : typeof value === 'string' && storableText(value) === value;

/** Cuts the item that was read beyond the page, which tells that there is a next one. */
export const toPage = <R, T>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => T,
  cursor: (row: R) => string,
): PageOf<T> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursor(last) : null };
};
