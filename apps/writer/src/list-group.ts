import { asAppError, type ErrorCode } from '@collection-sync/core';
import { countMembers, listMembers, listUnlistedMembers, type GraphCaller } from '@collection-sync/graph';
import type { Queryable } from '@collection-sync/postgres';
import { storePage } from './store/listing.js';

export interface Listed {
  /** members of all types by Graph's count; undefined where it did not count */
  readonly counted?: number;
  /** what Graph refused to list or to count, in its words */
  readonly refused?: string;
}

interface Listing {
  /** whose listing it is: a run, or the claim of a preview */
  readonly listing: string;
  readonly names?: boolean;
  readonly signal: AbortSignal;
  /** before each page: false ends it */
  readonly goOn: () => boolean | Promise<boolean>;
}

/** What Graph refuses for good. A Microsoft 365 group refuses a cast for members that it cannot have. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['GRAPH_REQUEST_REFUSED', 'GRAPH_PERMISSION_MISSING']);

/**
 * Stores who is in a group, page by page: what the listing shows, then what it leaves out. Undefined when it was ended.
 * @throws AppError as listMembers
 */
export const listGroup = async (
  db: Queryable,
  client: GraphCaller,
  group: string,
  { listing, names = false, signal, goOn }: Listing,
): Promise<Listed | undefined> => {
  for await (const { items } of listMembers(client, group, { names, signal })) {
    if (!(await goOn())) return undefined;
    await storePage(db, listing, items);
  }
  return listBeside(db, client, group, { listing, signal, goOn });
};

/** What a listing and a delta may leave out, and how many members there are. */
export const listBeside = async (
  db: Queryable,
  client: GraphCaller,
  group: string,
  { listing, signal, goOn }: Listing,
): Promise<Listed | undefined> => {
  const refused: string[] = [];
  try {
    for await (const { items } of listUnlistedMembers(client, group, { signal })) {
      if (!(await goOn())) return undefined;
      await storePage(db, listing, items);
    }
  } catch (error) {
    refused.push(refusalOf(error));
  }
  const counted = await countMembers(client, group, signal).catch((error: unknown) => {
    refused.push(refusalOf(error));
    return undefined;
  });
  return {
    ...(counted === undefined ? {} : { counted }),
    ...(refused.length === 0 ? {} : { refused: refused.join(' ') }),
  };
};

const refusalOf = (error: unknown): string => {
  const { code, message } = asAppError(error);
  if (!REFUSED.has(code)) throw error;
  return message;
};
