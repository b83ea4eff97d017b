import type { Filter, Value } from '../odata/filter.js';

type EdmType =
  | 'Edm.String'
  | 'Edm.Int64'
  | 'Edm.Int32'
  | 'Edm.Boolean'
  | 'Edm.DateTimeOffset'
  | 'Edm.Binary'
  | 'Collection(Edm.String)';

export interface Property<R> {
  type: EdmType;
  read: (row: R) => unknown;
}

/** A WMI class as the AdminService shows it. */
export interface WmiClass<R> {
  name: string;
  keys: string[];
  properties: Record<string, Property<R>>;
  /** Properties that have a value on a keyed GET only. */
  lazy: string[];
  /** Rows in the order of their keys, as far as the keys in the filter allow to narrow them. */
  scan: (filter: Filter | undefined) => Iterable<R>;
  find: (keys: Value[]) => R | undefined;
  /** How many rows lie before the lower bound of a filter on the last key: tells the page of a listing by key. */
  before?: (filter: Filter | undefined) => number;
}

type Read<R> = (row: R) => unknown;

export const text = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.String', read });
/** WMI uint32 travels as Edm.Int64, sint32 as Edm.Int32. */
export const uint = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.Int64', read });
export const sint = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.Int32', read });
export const bool = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.Boolean', read });
export const date = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.DateTimeOffset', read });
export const binary = <R>(read: Read<R>): Property<R> => ({ type: 'Edm.Binary', read });
export const texts = <R>(read: Read<R>): Property<R> => ({ type: 'Collection(Edm.String)', read });
