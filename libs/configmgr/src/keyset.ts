import type { Row } from './fields.js';
import type { SiteAnswer, SiteClient } from './site-client.js';

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
  /** false when rows came out of the order of their key: what lies between pages may then be missing */
  readonly ordered: boolean;
}

/** Answers in a row that bring nothing new: links that lead in a circle. */
const MAX_IDLE = 5;

/**
 * Reads a list to its end by key: each page asks for what follows the last key seen, so rows that come and go meanwhile move nothing,
 * and a site that cuts pages short is asked on. It ends at an empty page and nowhere else. A next link, if the site gives one, is followed.
 */
export async function* keysetPages<K extends string | number>(
  client: SiteClient,
  listing: Listing<K>,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  let last = listing.from;
  let next: string | undefined;
  for (let idle = 0; idle < MAX_IDLE;) {
    const answer: SiteAnswer = next
      ? await client.follow(next, signal)
      : await client.get(
          listing.path,
          {
            $filter: both(
              listing.filter,
              last === undefined ? undefined : `${listing.key} gt ${listing.literal(last)}`,
            ),
            $select: listing.select.join(','),
            $orderby: listing.key,
            $top: listing.pageRows,
          },
          signal,
        );
    if (answer.rows.length === 0 && !answer.next) return;
    let ordered = true;
    let highest = last;
    for (const row of answer.rows) {
      const key = listing.keyOf(row);
      if (key === undefined || (highest !== undefined && key < highest)) ordered = false;
      else highest = key;
    }
    idle = highest === last ? idle + 1 : 0;
    const stuck = idle > 0 && answer.rows.length > 0 && !answer.next;
    // a link to itself leads nowhere; the key does
    next = answer.next === next ? undefined : answer.next;
    last = highest;
    yield { rows: answer.rows, ordered: ordered && !stuck };
    if (stuck) return;
  }
}

const both = (...parts: (string | undefined)[]): string | undefined => {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 0 ? given.join(' and ') : undefined;
};
