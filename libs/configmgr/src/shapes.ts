import {
  presentGuid,
  type CollectionType,
  type Identity,
  type ListedCollectionType,
  type ResourceKind,
  type SourceCollection,
  type SourceMember,
  type SourceRelation,
  type SourceResource,
} from '@collection-sync/core';
import { dateField, numberField, textField, type Row } from './fields.js';

/** CollectionType 0 other, 1 user, 2 device: https://learn.microsoft.com/intune/configmgr/develop/reference/core/clients/collections/sms_collection-server-wmi-class */
const TYPES: Readonly<Record<number, ListedCollectionType>> = { 0: 'other', 1: 'user', 2: 'device' };
/** CurrentStatus, same page: 0 none, 1 ready, 5 awaiting refresh, which can last; everything else is some kind of work on the collection. */
const CALM: ReadonlySet<number> = new Set([0, 1, 5]);
/** ResourceType 5 system, 4 user, 3 user group, 2 unknown system. */
const KINDS: Readonly<Record<number, ResourceKind>> = { 5: 'device', 4: 'user', 3: 'group' };

/** Site code and a number (`ABC00014`), or built in, such as `SMS00001`, `SMSDM003` and `SMSOTHER`. */
const COLLECTION_ID = /^[A-Z0-9]{8}$/;

export const isCollectionId = (id: string): boolean => COLLECTION_ID.test(id);

/** The id as the site keeps it; it compares without regard to case. */
const siteCollectionId = (row: Row): string | undefined => {
  const id = textField(row, 'CollectionID')?.trim().toUpperCase();
  return id !== undefined && isCollectionId(id) ? id : undefined;
};

/** Undefined for a row without an id or a type that is known. */
export const siteCollection = (row: Row): SourceCollection | undefined => {
  const id = siteCollectionId(row);
  const type = TYPES[numberField(row, 'CollectionType') ?? -1];
  if (!id || !type) return undefined;
  return {
    id,
    type,
    name: textField(row, 'Name') ?? id,
    comment: textField(row, 'Comment') ?? '',
    count: countOf(row),
    changedAt: dateField(row, 'LastMemberChangeTime'),
    evaluating: !CALM.has(numberField(row, 'CurrentStatus') ?? 1),
  };
};

/** MemberCount is an sint32. */
const MAX_COUNT = 2 ** 31 - 1;

const countOf = (row: Row): number | null => {
  const count = numberField(row, 'MemberCount');
  return count === undefined || count < 0 || count > MAX_COUNT ? null : count;
};

export const resourceId = (row: Row): number | undefined => {
  const id = numberField(row, 'ResourceID');
  return id !== undefined && id > 0 ? id : undefined;
};

export const siteMember = (row: Row): SourceMember | undefined => {
  const resource = resourceId(row);
  if (resource === undefined) return undefined;
  return {
    resource,
    kind: KINDS[numberField(row, 'ResourceType') ?? 0] ?? 'unknown',
    name: textField(row, 'Name') ?? String(resource),
  };
};

/** Absent ids have four spellings; here they are all left out. */
export const siteResource = (kind: CollectionType, row: Row): SourceResource | undefined => {
  const resource = resourceId(row);
  if (resource === undefined) return undefined;
  const identity: Identity = {
    tenantId: presentGuid(textField(row, 'AADTenantID')),
    ...(kind === 'device'
      ? { deviceId: presentGuid(textField(row, 'AADDeviceID')) }
      : {
          userId: presentGuid(textField(row, 'AADUserID')),
          sid: textField(row, 'SID')?.trim().toUpperCase(),
          upn: textField(row, 'UserPrincipalName')?.trim(),
        }),
  };
  return { resource, name: textField(row, 'Name') ?? String(resource), identity };
};

export const siteRelation = (row: Row): SourceRelation | undefined => {
  const collection = textField(row, 'CollectionSiteID');
  const group = presentGuid(textField(row, 'AADGroupID'));
  return collection && group ? { collection, group, groupName: textField(row, 'AADGroupName') ?? '' } : undefined;
};
