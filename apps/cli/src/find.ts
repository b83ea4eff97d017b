import { shownName } from '@collection-sync/core';
import { everyItem, unwrap, type Api, type Schemas } from './api.js';
import { CliError, EXIT } from './exit-codes.js';
import { sayWords } from './output/say-words.js';

const GUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const bare = (id: string): string => id.replaceAll(/[{}]/g, '').toLowerCase();

export interface TargetPath {
  tenant: string;
  group: string;
}

const several = (what: string, matches: readonly string[]): CliError =>
  new CliError(`${what} fits several: ${matches.slice(0, 10).join(', ')}.`, EXIT.conflict, 'Give the id instead.');

/** One of several by its whole name, never a guess. */
const only = <T>(what: string, found: readonly T[], name: (item: T) => string, advice: string): T => {
  const [first, second] = found;
  if (first === undefined) throw new CliError(`${what} was not found.`, EXIT.notFound, advice);
  if (second !== undefined) throw several(what, found.map(name));
  return first;
};

const same = (a: string | null, b: string): boolean => (a ?? '').toLowerCase() === b.toLowerCase();

/** Those with a name as it was typed; when there is none, those that differ only by blanks at the ends, which is said. */
const named = <T>(items: readonly T[], given: string, namesOf: (item: T) => readonly (string | null)[]): T[] => {
  const exact = items.filter((item) => namesOf(item).some((name) => same(name, given)));
  if (exact.length > 0) return exact;
  const isNear = (name: string | null): boolean => name !== null && same(name.trim(), given.trim());
  const near = items.filter((item) => namesOf(item).some(isNear));
  const [name] = near.flatMap((item) => namesOf(item).filter(isNear));
  if (name) sayWords(`Its name is "${shownName(name)}": it differs from what you typed by blanks at its ends.`);
  return near;
};

const rowsLike = (api: Api, given: string): Promise<Schemas['CollectionRow'][]> =>
  everyItem((cursor) =>
    unwrap(api.GET('/api/v1/collections', { params: { query: { search: given.trim(), limit: 500, cursor } } })),
  );

/** A collection by id, or by its name. */
export const findCollection = async (
  api: Api,
  given: string,
): Promise<{ collectionId: string; collectionName: string }> => {
  const rows = await rowsLike(api, given);
  const byId = rows.find(({ collectionId }) => same(collectionId, given.trim()));
  if (byId) return byId;
  const unique = [...new Map(rows.map((row) => [row.collectionId, row])).values()];
  return only(
    `The collection ${given}`,
    named(unique, given, ({ collectionName }) => [collectionName]),
    ({ collectionId }) => collectionId,
    'collsync collections --search TEXT shows what there is.',
  );
};

/** The tenant by its id; the only one there is when none is named. */
export const findTenant = async (api: Api, given: string | undefined): Promise<string> => {
  if (given !== undefined) return bare(given);
  const { items } = await unwrap(api.GET('/api/v1/tenants'));
  const configured = items.filter((tenant) => tenant.configured);
  if (configured.length === 1 && configured[0]) return configured[0].tenantId;
  throw new CliError(
    configured.length === 0 ? 'No tenant is configured.' : 'Several tenants are configured.',
    EXIT.usage,
    configured.length === 0
      ? 'Set TENANTS_FILE, or AZURE_TENANT_ID and a credential.'
      : `Name one with --tenant: ${configured.map(({ tenantId }) => tenantId).join(', ')}`,
  );
};

/** A group of a tenant by id, or by its name; a name that fits several groups is refused. */
export const findGroup = async (api: Api, tenant: string, given: string): Promise<Schemas['Group']> => {
  const search = async (startsWith: string): Promise<Schemas['Group'][]> =>
    everyItem((cursor) =>
      unwrap(
        api.GET('/api/v1/tenants/{tenant}/groups', {
          params: { path: { tenant }, query: { startsWith, limit: 100, cursor } },
        }),
      ),
    );
  const isId = GUID.test(given.trim());
  const groups = await search(isId ? bare(given.trim()) : given);
  return only(
    `The group ${given}`,
    isId ? groups : named(groups, given, ({ groupName }) => [groupName]),
    ({ groupId, groupName }) => `${groupId} (${groupName})`,
    'collsync groups search shows what there is.',
  );
};

/** A target as `tenant/group`, by the group's id or name, or by a collection that has only one. */
export const findTarget = async (api: Api, given: string): Promise<TargetPath> => {
  const [tenant, group, more] = given.split('/');
  if (tenant && group && more === undefined && GUID.test(tenant) && GUID.test(group)) {
    return { tenant: bare(tenant), group: bare(group) };
  }
  const text = GUID.test(given) ? bare(given) : given;
  const rows = (await rowsLike(api, text)).filter(({ target }) => target !== null);
  const row = only(
    `The target ${given}`,
    named(rows, text, (one) => [one.groupId, one.groupName, one.collectionId, one.collectionName]),
    ({ groupName, target }) => `${target} (${groupName})`,
    'collsync status shows all targets.',
  );
  return { tenant: row.tenantId ?? '', group: row.groupId ?? '' };
};
