import { z } from 'zod';

/** NUL, which PostgreSQL stores in no text, and half a surrogate pair, which is in no UTF-8. */
const REPLACEMENT = '\uFFFD';

/**
 * A text that every store and every reader takes, of at most `most` characters (code points). Every text from outside goes through here
 * at the edge where it comes in, and nothing else cuts a text.
 */
export const storableText = (text: string, most = Infinity): string => {
  const clean = text.toWellFormed().replaceAll('\0', REPLACEMENT);
  // a character has at most two units, so a longer text is cut without a look at its end
  return clean.length <= most ? clean : [...clean.slice(0, 2 * most)].slice(0, most).join('');
};

/** A value of JSON in which every text, the names of fields too, is storable. */
export const storable = <T>(value: T): T => clean(value) as T;

const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [storableText(name), clean(part)]));
};

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** What NUL and half a pair look like in JSON; the same characters behind a backslash only cost a second look. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/** `JSON.stringify` for a jsonb column. */
export const storableJson = (value: unknown): string => {
  const text = JSON.stringify(value);
  return SUSPICIOUS.test(text) ? JSON.stringify(storable(value)) : text;
};

/** `JSON.parse` for what comes from outside. */
export const parseStorable = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  return SUSPICIOUS.test(text) || !text.isWellFormed() ? storable(value) : value;
};

/** How many characters the texts of events may have: codes and ids, names, sentences, headers. */
export const CODE = 200;
export const NAME = 256;
export const SENTENCES = 1_000;
export const HEADER = 65_536;

/** A field of free text, cleaned and cut where it is read and where it is written. */
export const freeText = (most: number) =>
  z
    .string()
    .overwrite((value) => storableText(value, most))
    .meta({ maxLength: most });
