import {
  collectionId,
  presentGuid,
  type CollectionType,
  type Identity,
  type ListedCollectionType,
  type ResourceKind,
} from '@collection-sync/core';
import { dateField, numberField, textField, type Row } from './fields.js';

/** A row of SMS_Collection. */
export interface SiteCollection {
  readonly id: string;
  readonly name: string;
  readonly comment: string;
  readonly type: ListedCollectionType;
  /** MemberCount; null when the site does not state it */
  readonly count: number | null;
  /** LastMemberChangeTime; null for never */
  readonly changedAt: Date | null;
  /** the site is evaluating, saving or deleting the collection right now */
  readonly evaluating: boolean;
}

/** A row of SMS_Collection asked for by its key, and the site's own time then; null when the site does not tell. */
export interface CollectionNow extends SiteCollection {
  readonly siteTime: Date | null;
}

export interface SiteMember {
  readonly resource: number;
  readonly kind: ResourceKind;
  readonly name: string;
}

export interface SiteResource {
  readonly resource: number;
  readonly name: string;
  readonly identity: Identity;
}

export interface SiteRelation {
  readonly collection: string;
  readonly group: string;
  readonly groupName: string;
}

/** CollectionType 0 other, 1 user, 2 device: https://learn.microsoft.com/intune/configmgr/develop/reference/core/clients/collections/sms_collection-server-wmi-class */
const TYPES: Readonly<Record<number, ListedCollectionType>> = { 0: 'other', 1: 'user', 2: 'device' };
/** CurrentStatus, same page: 0 none, 1 ready, 5 awaiting refresh, which can last; everything else is some kind of work on the collection. */
const CALM: ReadonlySet<number> = new Set([0, 1, 5]);
/** ResourceType 5 system, 4 user, 3 user group, 2 unknown system. */
const KINDS: Readonly<Record<number, ResourceKind>> = { 5: 'device', 4: 'user', 3: 'group' };

/** The id as the site keeps it; it compares without regard to case. */
export const siteCollectionId = (row: Row): string | undefined => {
  const id = collectionId.safeParse(textField(row, 'CollectionID')?.trim().toUpperCase());
  return id.success ? id.data : undefined;
};

/** Undefined for a row without an id or a type that is known. */
export const siteCollection = (row: Row): SiteCollection | undefined => {
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

export const siteMember = (row: Row): SiteMember | undefined => {
  const resource = resourceId(row);
  if (resource === undefined) return undefined;
  return {
    resource,
    kind: KINDS[numberField(row, 'ResourceType') ?? 0] ?? 'unknown',
    name: textField(row, 'Name') ?? String(resource),
  };
};

/** Absent ids have four spellings; here they are all left out. */
export const siteResource = (kind: CollectionType, row: Row): SiteResource | undefined => {
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

export const siteRelation = (row: Row): SiteRelation | undefined => {
  const collection = textField(row, 'CollectionSiteID');
  const group = presentGuid(textField(row, 'AADGroupID'));
  return collection && group ? { collection, group, groupName: textField(row, 'AADGroupName') ?? '' } : undefined;
};
