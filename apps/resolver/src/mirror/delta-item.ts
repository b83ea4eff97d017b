import { guid, presentGuid } from '@collection-sync/core';
import type { Kind } from '../store/kinds.js';
import { sidKey, textOf, upnKey, type ListedObject } from '../store/objects.js';

/** An object as a delta page lists it. */
export interface DeltaItem {
  readonly id?: string;
  readonly '@removed'?: unknown;
  readonly deviceId?: string | null;
  readonly accountEnabled?: boolean | null;
  readonly trustType?: string | null;
  readonly userPrincipalName?: string | null;
  readonly onPremisesSecurityIdentifier?: string | null;
}

export interface ReadItems {
  readonly objects: ListedObject[];
  /** rows that cannot be read: without an id, or with something else where one of the keys belongs */
  readonly leftOut: number;
}

/** Each object once, the last mention of a property counts. */
export const objectsOf = (kind: Kind, items: readonly (DeltaItem | null)[]): ReadItems => {
  const merged = new Map<string, DeltaItem>();
  let leftOut = 0;
  for (const item of items) {
    const id = presentGuid(item?.id);
    if (!item || !id || !KEYS[kind](item)) {
      leftOut += 1;
      continue;
    }
    const before = merged.get(id);
    // what comes after a removal is listed as a whole
    merged.set(id, before && !('@removed' in before) && !('@removed' in item) ? { ...before, ...item } : item);
  }
  const objects = [...merged].map(([id, item]) => ({
    id,
    removed: '@removed' in item,
    // only a clear "no" disables
    ...('accountEnabled' in item ? { enabled: item.accountEnabled !== false } : {}),
    ...(kind === 'device' ? deviceOf(item) : userOf(item)),
  }));
  return { objects, leftOut };
};

/** A key may have no value; one that is something else is not taken for none, which would take its holder out of groups. */
const KEYS: Record<Kind, (item: DeltaItem) => boolean> = {
  device: ({ deviceId }) => isNone(deviceId) || guid.safeParse(deviceId).success,
  user: ({ onPremisesSecurityIdentifier: sid, userPrincipalName: upn }) =>
    [sid, upn].every((key) => isNone(key) || textOf(key) !== undefined),
};

const isNone = (value: unknown): boolean => value === undefined || value === null || value === '';

const deviceOf = (item: DeltaItem): Pick<ListedObject, 'deviceId' | 'trust'> => ({
  ...('deviceId' in item ? { deviceId: presentGuid(item.deviceId) ?? null } : {}),
  ...('trustType' in item ? { trust: textOf(item.trustType) ?? null } : {}),
});

const userOf = (item: DeltaItem): Pick<ListedObject, 'sid' | 'upn'> => ({
  ...('onPremisesSecurityIdentifier' in item ? { sid: sidKey(item.onPremisesSecurityIdentifier) ?? null } : {}),
  ...('userPrincipalName' in item ? { upn: upnKey(item.userPrincipalName) ?? null } : {}),
});
