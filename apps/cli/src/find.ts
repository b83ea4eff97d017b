import { everyItem, unwrap, type Api, type Schemas } from './api.js';
import { CliError, EXIT } from './exit-codes.js';

const GUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const bare = (id: string): string => id.replaceAll(/[{}]/g, '').toLowerCase();

export interface TargetPath {
  tenant: string;
  group: string;
}

const several = (what: string, matches: readonly string[]): CliError =>
  new CliError(`${what} fits several: ${matches.slice(0, 10).join(', ')}.`, EXIT.conflict, 'Give the id instead.');

/** One of several by its whole name, never a guess. */
const only = <T>(what: string, found: readonly T[], name: (item: T) => string): T => {
  const [first, second] = found;
  if (first === undefined) throw new CliError(`${what} was not found.`, EXIT.notFound);
  if (second !== undefined) throw several(what, found.map(name));
  return first;
};

const same = (a: string | null, b: string): boolean => (a ?? '').toLowerCase() === b.toLowerCase();

const rowsLike = (api: Api, search: string): Promise<Schemas['CollectionRow'][]> =>
  everyItem((cursor) => unwrap(api.GET('/api/v1/collections', { params: { query: { search, limit: 500, cursor } } })));

/** A collection by id, or by its name. */
export const findCollection = async (
  api: Api,
  given: string,
): Promise<{ collectionId: string; collectionName: string }> => {
  const rows = await rowsLike(api, given);
  const byId = rows.find(({ collectionId }) => same(collectionId, given));
  if (byId) return byId;
  const named = rows.filter(({ collectionName }) => same(collectionName, given));
  const every = [...new Map(named.map((row) => [row.collectionId, row])).values()];
  const there = every.filter(({ collectionState }) => collectionState !== 'missing');
  // one that the site has lost gives its name to the one that took its place
  const unique = there.length > 0 ? there : every;
  return only(`The collection ${given}`, unique, ({ collectionId }) => collectionId);
};

/** The tenant by its id; the only one there is when none is named. */
export const findTenant = async (api: Api, given: string | undefined): Promise<string> => {
  const { items } = await unwrap(api.GET('/api/v1/tenants'));
  if (given !== undefined) return bare(given);
  const configured = items.filter((tenant) => tenant.configured);
  if (configured.length === 1 && configured[0]) return configured[0].tenantId;
  throw new CliError(
    configured.length === 0 ? 'No tenant is configured.' : 'Several tenants are configured.',
    EXIT.usage,
    `Name one with --tenant: ${configured.map(({ tenantId }) => tenantId).join(', ')}`,
  );
};

/** A group of a tenant by id, or by its name; a name that fits several groups is refused. */
export const findGroup = async (api: Api, tenant: string, given: string): Promise<Schemas['Group']> => {
  const startsWith = GUID.test(given) ? bare(given) : given;
  const groups = await everyItem((cursor) =>
    unwrap(
      api.GET('/api/v1/tenants/{tenant}/groups', {
        params: { path: { tenant }, query: { startsWith, limit: 100, cursor } },
      }),
    ),
  );
  const exact = GUID.test(given) ? groups : groups.filter(({ groupName }) => same(groupName, given));
  return only(`The group ${given}`, exact, ({ groupId, groupName }) => `${groupId} (${groupName})`);
};

/** A target as `tenant/group`, by the group's id or name, or by a collection that has only one. */
export const findTarget = async (api: Api, given: string): Promise<TargetPath> => {
  const [tenant, group, more] = given.split('/');
  if (tenant && group && more === undefined && GUID.test(tenant) && GUID.test(group)) {
    return { tenant: bare(tenant), group: bare(group) };
  }
  const rows = (await rowsLike(api, bare(given))).filter(
    ({ target, groupId, groupName, collectionId, collectionName }) =>
      target !== null && [groupId, groupName, collectionId, collectionName].some((name) => same(name, bare(given))),
  );
  const row = only(`The target ${given}`, rows, ({ groupName, target }) => `${target} (${groupName})`);
  return { tenant: row.tenantId ?? '', group: row.groupId ?? '' };
};
