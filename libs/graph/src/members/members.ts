import { EVENTUAL } from '../request-headers.js';
import { AppError, presentGuid } from '@collection-sync/core';
import type { GraphCaller } from '../graph-client.js';
import { failureOf, isSuccess } from '../graph-failure.js';
import type { Page, PagesOptions } from '../pages.js';

/** Members of one page: the most that Graph gives. https://learn.microsoft.com/graph/paging */
export const MEMBERS_PER_PAGE = 999;
/** Ids of one getByIds: https://learn.microsoft.com/graph/api/directoryobject-getbyids */
export const IDS_PER_READ = 1_000;

export interface ListedMember {
  /** in lower case */
  readonly id: string;
  readonly displayName?: string;
  /** such as `device`; undefined when the listing does not tell */
  readonly objectType?: string;
}

export interface MemberRow {
  readonly id?: unknown;
  readonly displayName?: string | null;
  readonly '@odata.type'?: unknown;
  /** in a delta: it left */
  readonly '@removed'?: unknown;
}

/** A row without a readable id names no object; what it stands for is asked for when a write meets it. */
export const memberOf = (row: MemberRow | null): ListedMember[] => {
  const id = presentGuid(row?.id);
  if (id === undefined) return [];
  const objectType = /^#?microsoft\.graph\.(\w+)$/.exec(String(row?.['@odata.type'] ?? ''))?.[1];
  return [{ id, displayName: row?.displayName ?? undefined, objectType }];
};

/**
 * The direct members of a group, page by page, but for those of `listUnlistedMembers`. Listings lag behind writes by seconds to minutes.
 * https://learn.microsoft.com/graph/api/group-list-members
 * @throws AppError as GraphCaller.pages
 */
export async function* listMembers(
  client: GraphCaller,
  group: string,
  options: PagesOptions & { names?: boolean } = {},
): AsyncGenerator<Page<ListedMember>, void, undefined> {
  const pages = client.pages<MemberRow | null>(
    `/groups/${encodeURIComponent(group)}/members`,
    { $select: options.names ? 'id,displayName' : 'id', $top: MEMBERS_PER_PAGE },
    options,
  );
  for await (const page of pages) yield { ...page, items: page.items.flatMap(memberOf) };
}

/**
 * Service principals: `GET /groups/{id}/members` of v1.0 leaves them out, a known issue of its page, and shows them by this cast, by which
 * microsoftgraph/entra-powershell (`Get-EntraGroupMember`) lists them too. A Microsoft 365 group, which has none, refuses it.
 * @throws AppError as GraphCaller.pages
 */
export async function* listUnlistedMembers(
  client: GraphCaller,
  group: string,
  options: PagesOptions = {},
): AsyncGenerator<Page<ListedMember>, void, undefined> {
  const pages = client.pages<MemberRow | null>(
    `/groups/${encodeURIComponent(group)}/members/microsoft.graph.servicePrincipal`,
    { $select: 'id,displayName', $count: 'true', $top: MEMBERS_PER_PAGE },
    { ...options, headers: EVENTUAL },
  );
  for await (const page of pages) {
    const items = page.items.flatMap(memberOf).map((member) => ({ ...member, objectType: 'servicePrincipal' }));
    yield { ...page, items };
  }
}

/**
 * How many direct members of all types a group has, by an index that lags.
 * @throws AppError as GraphCaller.request, and for an answer outside 2xx
 */
export const countMembers = async (client: GraphCaller, group: string, signal?: AbortSignal): Promise<number> => {
  const path = `/groups/${encodeURIComponent(group)}/members/$count`;
  const answer = await client.request({ method: 'GET', path, headers: EVENTUAL, signal });
  if (!isSuccess(answer)) throw failureOf(answer, 'GET /groups/{id}/members/$count');
  const count = Number(answer.body);
  if (!Number.isInteger(count)) throw new AppError('GRAPH_UNAVAILABLE', `GET ${path}: the answer is no number`);
  return count;
};

/**
 * Whether the group has a list of members, empty or not: it has one as long as it exists.
 * @throws AppError as GraphCaller.request, and for an answer outside 2xx and 404
 */
export const hasMemberList = async (client: GraphCaller, group: string, signal?: AbortSignal): Promise<boolean> => {
  const path = `/groups/${encodeURIComponent(group)}/members`;
  const answer = await client.request({ method: 'GET', path, query: { $select: 'id', $top: 1 }, signal });
  if (answer.status === 404) return false;
  if (!isSuccess(answer)) throw failureOf(answer, 'GET /groups/{id}/members');
  return true;
};

/**
 * Which of at most 1,000 objects exist; costs no write.
 * @throws AppError as GraphCaller.request, and for an answer outside 2xx
 */
export const existingObjects = async (
  client: GraphCaller,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Set<string>> => {
  const answer = await client.request<{ value?: ({ id?: unknown } | null)[] }>({
    method: 'POST',
    path: '/directoryObjects/getByIds',
    query: { $select: 'id' },
    body: { ids },
    signal,
  });
  if (!isSuccess(answer)) throw failureOf(answer, 'POST /directoryObjects/getByIds');
  return new Set((answer.body.value ?? []).flatMap((row) => presentGuid(row?.id) ?? []));
};
