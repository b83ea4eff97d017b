import { en } from './en.js';
import { language } from './language.js';

export type MessageKey = keyof typeof en;

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? NameIn<Name> | Names<Rest> : never;
type NameIn<S extends string> = S extends `${infer Name}#${string}` ? Name : S;
type Parameters<K extends MessageKey> = [Names<(typeof en)[K]>] extends [never]
  ? []
  : [values: Record<Names<(typeof en)[K]>, string | number>];

/**
 * The text of a message with its `{names}` filled in; numbers are written as the reader writes them. `{name#one|many}` is the word that fits
 * the number.
 */
export const t = <K extends MessageKey>(key: K, ...[values]: Parameters<K>): string =>
  en[key].replaceAll(/\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = (values as Record<string, string | number> | undefined)?.[name];
    if (one !== undefined && many !== undefined) return value === 1 ? one : many;
    return typeof value === 'number' ? number(value) : (value ?? '');
  });

const numbers = new Intl.NumberFormat(language);
export const number = (value: number): string => numbers.format(value);
