import { storableJson, storableText } from '@collection-sync/core';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const asText = (value: unknown): string => {
  if (typeof value === 'string') return storableText(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return storableJson(value);
  return String(value);
};

/** One value in COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
const copyField = (value: unknown): string =>
  value === null || value === undefined
    ? '\\N'
    : asText(value).replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found);

export const copyLine = (row: readonly unknown[]): string => `${row.map(copyField).join('\t')}\n`;
