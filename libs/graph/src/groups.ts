import { BATCH_PARTS, presentGuid, searchedAs, type Reason } from '@collection-sync/core';
import type { GraphCaller, GraphRequest } from './graph-client.js';
import { EVENTUAL } from './request-headers.js';
import { failureOf, isSuccess } from './graph-failure.js';

const FIELDS =
  'id,displayName,description,groupTypes,mailEnabled,securityEnabled,isAssignableToRole,onPremisesSyncEnabled,membershipRule';

/** What decides whether a group can be a target. https://learn.microsoft.com/graph/api/resources/group */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly isAssignableToRole: boolean | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly membershipRule: string | null;
}

export interface GroupVerdict {
  readonly writable: boolean;
  /** why not, or what else is needed */
  readonly reason?: Reason;
  /** a Microsoft 365 group takes users only; a security group takes both */
  readonly takes: readonly ('user' | 'device')[];
}

/** Judges by the preflight fields alone; what the application may do shows only when it writes. */
export const judgeGroup = (group: Group): GroupVerdict => {
  const unified = group.groupTypes.includes('Unified');
  if (group.groupTypes.includes('DynamicMembership')) return { writable: false, reason: 'GroupIsDynamic', takes: [] };
  if (group.onPremisesSyncEnabled) return { writable: false, reason: 'GroupIsSynced', takes: [] };
  if (group.mailEnabled && !unified) return { writable: false, reason: 'GroupIsMailEnabled', takes: [] };
  const takes: GroupVerdict['takes'] = unified ? ['user'] : ['user', 'device'];
  return group.isAssignableToRole
    ? { writable: true, reason: 'GroupIsRoleAssignable', takes }
    : { writable: true, takes };
};

export interface GroupSearch {
  /** begin of the display name, or a whole object id; blank lists all groups */
  readonly text?: string;
  /** instead: words that words of the name begin with, in any order; a group made a moment ago may be missing */
  readonly words?: string;
  readonly top?: number;
  /** of the next page, as a former answer gave it; nothing else of a link is taken over, so that it leads nowhere but to this listing */
  readonly skipToken?: string;
  readonly signal?: AbortSignal;
}

/**
 * One page of groups.
 * @throws AppError as GraphClient.request, GRAPH_THROTTLED, GRAPH_PERMISSION_MISSING
 */
export const searchGroups = async (
  client: GraphCaller,
  search: GroupSearch,
): Promise<{ items: Group[]; skipToken?: string }> => {
  const words = search.words?.trim() ?? '';
  const id = presentGuid(words || (searchedAs(search.text ?? '')[0] ?? ''));
  if (id && search.skipToken === undefined) {
    const group = await getGroup(client, id, search.signal);
    return { items: group ? [group] : [] };
  }
  const query = {
    $select: FIELDS,
    $top: search.top ?? 50,
    $skiptoken: search.skipToken,
    ...(words === '' ? beginning(search.text ?? '') : having(words)),
  };
  const answer = await client.request<{ value: RawGroup[]; '@odata.nextLink'?: string }>({
    method: 'GET',
    path: '/groups',
    query,
    ...(words === '' ? {} : { headers: { ConsistencyLevel: 'eventual' } }),
    signal: search.signal,
  });
  if (!isSuccess(answer)) throw failureOf(answer, 'GET /groups');
  const next = answer.body['@odata.nextLink'];
  const skipToken = next === undefined ? undefined : new URL(next).searchParams.get('$skiptoken');
  return {
    items: answer.body.value.map(groupOf).sort(byName),
    ...(skipToken === null || skipToken === undefined ? {} : { skipToken }),
  };
};

/** All groups come sorted; those that a text begins cannot be sorted without leaving the latest ones out. */
const beginning = (text: string): Record<string, string> => {
  const texts = searchedAs(text);
  if (texts.length === 0) return { $orderby: 'displayName' };
  return { $filter: texts.map((each) => `startswith(displayName,'${each.replaceAll("'", "''")}')`).join(' or ') };
};

/** https://learn.microsoft.com/graph/search-query-parameter; an ampersand is a known issue of it, and no word. */
const having = (words: string): Record<string, string> => ({
  $search: `"displayName:${words.replaceAll('&', ' ').replaceAll(/["\\]/g, '\\$&')}"`,
  $orderby: 'displayName',
  $count: 'true',
});

const byName = (a: Group, b: Group): number =>
  a.displayName.localeCompare(b.displayName, 'en', { sensitivity: 'base' });

/**
 * A group with the fields that `judgeGroup` reads; undefined when it does not exist.
 * @throws AppError as searchGroups
 */
export const getGroup = async (client: GraphCaller, id: string, signal?: AbortSignal): Promise<Group | undefined> => {
  const answer = await client.request<RawGroup>({
    method: 'GET',
    path: `/groups/${encodeURIComponent(id)}`,
    query: { $select: FIELDS },
    signal,
  });
  if (answer.status === 404) return undefined;
  if (!isSuccess(answer)) throw failureOf(answer, 'GET /groups/{id}');
  return groupOf(answer.body);
};

/** Groups of one read. */
export const GROUPS_PER_READ = BATCH_PARTS;

/**
 * Several groups in one batch: null for one that does not exist. What could not be read is left out, for it may exist.
 * @throws AppError as GraphClient.batch
 */
export const readGroups = async (
  client: GraphCaller,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Group | null>> => {
  const parts = ids.map((id) => ({
    id,
    method: 'GET' as const,
    path: `/groups/${encodeURIComponent(id)}?$select=${FIELDS}`,
  }));
  const groups = new Map<string, Group | null>();
  for (const [id, answer] of await client.batch(parts, { signal })) {
    if (answer.status === 404) groups.set(id, null);
    else if (isSuccess(answer)) groups.set(id, groupOf({ ...(answer.body as RawGroup), id }));
  }
  return groups;
};

type RawGroup = Partial<Group> & Pick<Group, 'id'>;

const groupOf = (raw: RawGroup): Group => ({
  id: raw.id.toLowerCase(),
  displayName: raw.displayName ?? '',
  description: raw.description ?? null,
  groupTypes: raw.groupTypes ?? [],
  mailEnabled: raw.mailEnabled ?? false,
  securityEnabled: raw.securityEnabled ?? false,
  isAssignableToRole: raw.isAssignableToRole ?? null,
  onPremisesSyncEnabled: raw.onPremisesSyncEnabled ?? null,
  membershipRule: raw.membershipRule ?? null,
});

/**
 * The ids of a group's owners. v1.0 leaves service principals out, a known issue of its page; the cast, which the members have too, lists
 * them; a Microsoft 365 group refuses it.
 * @throws AppError as searchGroups
 */
export const ownersOf = async (client: GraphCaller, { id, groupTypes }: Group): Promise<Set<string>> => {
  const listed = await idsOf(client, `/groups/${id}/owners`, { $top: 100 });
  if (groupTypes.includes('Unified')) return listed;
  const cast = `/groups/${id}/owners/microsoft.graph.servicePrincipal`;
  return new Set([...listed, ...(await idsOf(client, cast, { $top: 100, $count: 'true' }, EVENTUAL))]);
};

/** The ids of what a group is in: groups and administrative units, each told to who may read no more of it. @throws AppError as searchGroups */
export const memberOf = (client: GraphCaller, { id }: Group): Promise<Set<string>> =>
  idsOf(client, `/groups/${id}/memberOf`, { $top: 999 });

const idsOf = async (
  client: GraphCaller,
  path: string,
  query: GraphRequest['query'],
  headers: GraphRequest['headers'] = {},
): Promise<Set<string>> => {
  const ids = new Set<string>();
  for await (const { items } of client.pages<{ id: string }>(path, { $select: 'id', ...query }, { headers }))
    for (const { id } of items) ids.add(id.toLowerCase());
  return ids;
};
