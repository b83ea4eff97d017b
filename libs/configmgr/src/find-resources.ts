import {
  MAX_FOUND,
  type CollectionType,
  type Named,
  type SiteMembership,
  type SourceFound,
} from '@collection-sync/core';
import { MEMBER, RESOURCE } from './classes.js';
import { booleanField, field, quoted, type Row } from './fields.js';
import { isRefusal } from './refusals.js';
import { resourceId, siteResource } from './shapes.js';
import type { SiteClient } from './site-client.js';

interface Question {
  readonly named: Named;
  readonly collection: string;
  readonly signal?: AbortSignal;
}

/** Devices or users of exactly this id or name, and whether the collection has each. */
export const findResources = async (
  client: SiteClient,
  kind: CollectionType,
  { named, collection, signal }: Question,
): Promise<SourceFound[]> => {
  const rows = await rowsOf(client, kind, named, signal);
  const found: SourceFound[] = [];
  for (const row of rows.slice(0, MAX_FOUND)) {
    const resource = siteResource(kind, row);
    if (!resource) continue;
    const membership = await membershipOf(client, collection, resource.resource, signal);
    found.push({
      ...resource,
      obsolete: booleanField(row, 'Obsolete'),
      client: booleanField(row, 'Client'),
      membership,
    });
  }
  return found;
};

/** Asked by one property after the other: not every site answers a filter with `or`. A refusal is no empty list. */
const rowsOf = async (
  client: SiteClient,
  kind: CollectionType,
  named: Named,
  signal?: AbortSignal,
): Promise<readonly Row[]> => {
  const { path, select } = RESOURCE[kind];
  const $select = [...select, ...(kind === 'device' ? ['Obsolete', 'Client'] : [])].join(',');
  let refusal: unknown;
  for (const $filter of filtersOf(kind, named)) {
    try {
      const { rows } = await client.get(path, { $filter, $select, $top: MAX_FOUND }, signal);
      if (rows.length > 0) return rows;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal ??= error;
    }
  }
  if (refusal !== undefined) throw refusal;
  return [];
};

/** A user is known by several names: https://learn.microsoft.com/intune/configmgr/develop/reference/core/servers/manage/sms_r_user-server-wmi-class */
const filtersOf = (kind: CollectionType, named: Named): string[] => {
  if ('resource' in named) return [`ResourceId eq ${named.resource}`];
  const { name } = named;
  const properties =
    kind === 'device' ? ['Name'] : ['Name', name.includes('@') ? 'UserPrincipalName' : shortName(name)];
  return properties.map((property) => `${property} eq ${quoted(name)}`);
};

const shortName = (name: string): string => (name.includes('\\') ? 'UniqueUserName' : 'UserName');

/**
 * IsDirect is true for a direct rule, otherwise false or null:
 * https://learn.microsoft.com/intune/configmgr/develop/reference/core/clients/collections/sms_collectionmember-server-wmi-class
 */
const membershipOf = async (
  client: SiteClient,
  collection: string,
  resource: number,
  signal?: AbortSignal,
): Promise<SiteMembership> => {
  const { rows } = await client.get(
    'SMS_FullCollectionMembership',
    {
      $filter: `CollectionID eq ${quoted(collection)} and ResourceID eq ${resource}`,
      $select: [...MEMBER, 'IsDirect'].join(','),
      $top: 1,
    },
    signal,
  );
  const row = rows.find((each) => resourceId(each) === resource);
  if (!row) return 'none';
  const direct = field(row, 'IsDirect');
  if (direct === undefined) return 'member';
  return direct === true || direct === 1 ? 'direct' : 'rule';
};
