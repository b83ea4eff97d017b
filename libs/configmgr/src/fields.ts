import { storableText } from '@collection-sync/core';

/** A row as the site sends it; the spelling of property names differs between classes and releases. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads a property whatever its case. */
export const field = (row: Row, name: string): unknown => {
  if (name in row) return row[name];
  const wanted = name.toLowerCase();
  for (const key in row) if (key.toLowerCase() === wanted) return row[key];
  return undefined;
};

/** Longer than any text of the classes that are read. */
const MAX_TEXT = 1_024;

export const textField = (row: Row, name: string): string | undefined => {
  const value = field(row, name);
  return typeof value === 'string' && value.trim() !== '' ? storableText(value, MAX_TEXT) : undefined;
};

/** Edm.Int64 travels as a number or, in IEEE754-compatible JSON, as text. */
export const numberField = (row: Row, name: string): number | undefined => {
  const value = field(row, name);
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

/** Booleans of the discovery classes travel as such or as 0 and 1. */
export const booleanField = (row: Row, name: string): boolean | undefined => {
  const value = field(row, name);
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : undefined;
};

/** A site writes 1970 or 1980, shifted by its time zone, for "never". */
const NEVER_BEFORE = Date.UTC(1990, 0, 1);
/** Years of more than four digits are in no ISO time. */
const NEVER_AFTER = Date.UTC(10_000, 0, 1);

export const dateField = (row: Row, name: string): Date | null => {
  const value = textField(row, name);
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) || time < NEVER_BEFORE || time >= NEVER_AFTER ? null : new Date(time);
};

/** A string literal of OData. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
