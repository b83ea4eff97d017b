const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** PostgreSQL stores neither NUL nor half a surrogate pair; both become U+FFFD, so that one odd name does not stop a whole read. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

const asText = (value: unknown): string => {
  if (typeof value === 'string') return storable(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') {
    return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
  }
  return String(value);
};

/** One value in COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
export const copyField = (value: unknown): string =>
  value === null || value === undefined
    ? '\\N'
    : asText(value).replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found);

export const copyLine = (row: readonly unknown[]): string => `${row.map(copyField).join('\t')}\n`;
