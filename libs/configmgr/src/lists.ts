import type { Row } from './fields.js';
import { isRefusal, Refusals } from './refusals.js';
import type { Query, SiteAnswer, SiteClient } from './site-client.js';

export interface Listing<K extends string | number> {
  readonly path: string;
  /** the property that orders the list, as the class spells it */
  readonly key: string;
  readonly keyOf: (row: Row) => K | undefined;
  readonly select: readonly string[];
  readonly filter?: string;
  readonly literal: (key: K) => string;
  readonly from?: K;
  readonly pageRows: number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** false when rows came without their key or out of its order: what lies between pages may then be missing */
  readonly ordered: boolean;
}

interface Cursor<K> {
  /** rows so far, and the highest key among them */
  read: number;
  last: K | undefined;
}

/** Answers in a row that bring nothing new: links that lead in a circle. */
const MAX_IDLE = 5;

/**
 * Reads a list to its end. By key, as long as the site lets it: each page asks for what follows the last key seen, so rows that come and go
 * meanwhile move nothing, and a site that cuts pages short is asked on. Some sites refuse a comparison or an order, with an error or with an
 * empty answer; their lists are read by position, as https://github.com/SpecterOps/ConfigManBearPig does. A next link is followed.
 */
export class Lists {
  readonly #byPosition = new Refusals();
  /** classes whose comparison of the key has brought further rows: its empty answer is the end */
  readonly #comparable = new Set<string>();

  constructor(private readonly client: SiteClient) {}

  /** Classes whose comparison or order the site was found to refuse. */
  readByPosition(): string[] {
    return this.#byPosition.all();
  }

  async *pages<K extends string | number>(listing: Listing<K>, signal?: AbortSignal): AsyncGenerator<Page> {
    const cursor: Cursor<K> = { read: 0, last: listing.from };
    if (!this.#byPosition.has(listing.path)) {
      const end = yield* this.#pagesByKey(listing, cursor, signal);
      if (end === 'given up') return;
      if (end === 'empty' && (this.#comparable.has(listing.path) || !(await this.#hasMore(listing, cursor, signal))))
        return;
    }
    yield* this.#pagesByPosition(listing, cursor.read, signal);
  }

  async *#pagesByKey<K extends string | number>(
    listing: Listing<K>,
    cursor: Cursor<K>,
    signal?: AbortSignal,
  ): AsyncGenerator<Page, 'empty' | 'refused' | 'given up'> {
    let next: string | undefined;
    for (let idle = 0; idle < MAX_IDLE;) {
      const { last } = cursor;
      const answer = next
        ? await this.client.follow(next, signal)
        : await this.#request(listing, { $filter: filterOf(listing, last), $orderby: listing.key }, signal);
      if (!answer) return 'refused';
      const { rows } = answer;
      if (rows.length === 0 && !answer.next) return 'empty';
      const order = orderOf(listing, rows, last);
      cursor.read += rows.length;
      cursor.last = highest(listing, rows, last);
      if (last !== undefined && order === 'ascending' && !next) this.#comparable.add(listing.path);
      idle = cursor.last === last ? idle + 1 : 0;
      const stuck = idle > 0 && rows.length > 0 && !answer.next;
      if (stuck || order === 'none') this.#byPosition.add(listing.path);
      // a link to itself leads nowhere; the key does
      next = answer.next === next ? undefined : answer.next;
      yield { rows, ordered: order === 'ascending' && !stuck };
      if (stuck) return 'given up';
    }
    return 'given up';
  }

  async *#pagesByPosition<K extends string | number>(
    listing: Listing<K>,
    from: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Page> {
    const query = { $filter: filterOf(listing, listing.from) };
    let ordering = true;
    let first: K | undefined;
    for (let read = from; ;) {
      const $skip = read;
      const answer = ordering
        ? await this.#request(listing, { ...query, $skip, $orderby: listing.key }, signal)
        : await this.#get(listing, { ...query, $skip }, signal);
      const rows = answer?.rows ?? [];
      if (rows.length === 0 && !ordering) return;
      if (rows.length === 0) {
        ordering = false;
        continue;
      }
      this.#byPosition.add(listing.path);
      const keys = rows.map(listing.keyOf);
      // a site that ignores the position sends the same page again and again
      const stuck = read > from && keys[0] === first;
      first = keys[0];
      read += rows.length;
      yield { rows, ordered: !stuck && keys.every((key) => key !== undefined) };
      if (stuck) return;
    }
  }

  /** Whether the list goes on although the comparison of the key says that it does not. */
  async #hasMore<K extends string | number>(
    listing: Listing<K>,
    { read, last }: Cursor<K>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const query = { $filter: filterOf(listing, listing.from), $skip: read };
    const answer = await this.#request({ ...listing, pageRows: 1 }, query, signal);
    const key = answer?.rows[0] && listing.keyOf(answer.rows[0]);
    return key !== undefined && (last === undefined || key > last);
  }

  /** Undefined when the site refuses the question. */
  async #request(listing: Request, query: Query, signal?: AbortSignal): Promise<SiteAnswer | undefined> {
    try {
      return await this.#get(listing, query, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return undefined;
    }
  }

  #get({ path, select, pageRows }: Request, query: Query, signal?: AbortSignal): Promise<SiteAnswer> {
    return this.client.get(path, { ...query, $select: select.join(','), $top: pageRows }, signal);
  }
}

type Request = Pick<Listing<never>, 'path' | 'select' | 'pageRows'>;

const filterOf = <K extends string | number>(listing: Listing<K>, after: K | undefined): string | undefined => {
  const parts = [listing.filter, after === undefined ? undefined : `${listing.key} gt ${listing.literal(after)}`];
  const given = parts.filter((part) => part !== undefined);
  return given.length > 0 ? given.join(' and ') : undefined;
};

const highest = <K extends string | number>(
  { keyOf }: Listing<K>,
  rows: readonly Row[],
  from: K | undefined,
): K | undefined =>
  rows.reduce<K | undefined>((most, row) => {
    const key = keyOf(row);
    return key === undefined || (most !== undefined && key < most) ? most : key;
  }, from);

/** `keyless` says nothing of the order in which the site sends rows. */
const orderOf = <K extends string | number>(
  { keyOf }: Listing<K>,
  rows: readonly Row[],
  from: K | undefined,
): 'ascending' | 'keyless' | 'none' => {
  const keys = rows.map(keyOf);
  const known = [from, ...keys].filter((key) => key !== undefined);
  if (known.some((key, index) => index > 0 && key < known[index - 1]!)) return 'none';
  return known.length < rows.length + Number(from !== undefined) ? 'keyless' : 'ascending';
};
