import { presentGuid } from '@collection-sync/core';
import type { GraphCaller } from '../graph-client.js';
import { failureOf, isSuccess } from '../graph-failure.js';
import type { Page, PagesOptions } from '../pages.js';

/** Members of one page: the most that Graph gives. https://learn.microsoft.com/graph/paging */
export const MEMBERS_PER_PAGE = 999;
/** Ids of one getByIds: https://learn.microsoft.com/graph/api/directoryobject-getbyids */
export const IDS_PER_READ = 1_000;

export interface ListedMember {
  readonly id: string;
  readonly displayName?: string;
}

/** A row without a readable id names no object; what it stands for is asked for when a write meets it. */
const hasId = (row: ListedMember | null): row is ListedMember => presentGuid(row?.id) !== undefined;

/**
 * The direct members of a group, page by page. Listings lag behind writes by seconds to minutes.
 * https://learn.microsoft.com/graph/api/group-list-members
 * @throws AppError as GraphCaller.pages
 */
export async function* listMembers(
  client: GraphCaller,
  group: string,
  options: PagesOptions & { names?: boolean } = {},
): AsyncGenerator<Page<ListedMember>, void, undefined> {
  const pages = client.pages<ListedMember | null>(
    `/groups/${encodeURIComponent(group)}/members`,
    { $select: options.names ? 'id,displayName' : 'id', $top: MEMBERS_PER_PAGE },
    options,
  );
  for await (const page of pages) yield { ...page, items: page.items.filter(hasId) };
}

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
