import { presentGuid } from '@collection-sync/core';
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

/** Each object once, the last mention of a property counts; what has no id is no object. */
export const objectsOf = (kind: Kind, items: readonly (DeltaItem | null)[]): ListedObject[] => {
  const merged = new Map<string, DeltaItem>();
  for (const item of items) {
    const id = presentGuid(item?.id);
    if (!item || !id) continue;
    const before = merged.get(id);
    // what comes after a removal is listed as a whole
    merged.set(id, before && !('@removed' in before) && !('@removed' in item) ? { ...before, ...item } : item);
  }
  return [...merged].map(([id, item]) => ({
    id,
    removed: '@removed' in item,
    // only a clear "no" disables
    ...('accountEnabled' in item ? { enabled: item.accountEnabled !== false } : {}),
    ...(kind === 'device' ? deviceOf(item) : userOf(item)),
  }));
};

const deviceOf = (item: DeltaItem): Pick<ListedObject, 'deviceId' | 'trust'> => ({
  ...('deviceId' in item ? { deviceId: presentGuid(item.deviceId) ?? null } : {}),
  ...('trustType' in item ? { trust: textOf(item.trustType) ?? null } : {}),
});

const userOf = (item: DeltaItem): Pick<ListedObject, 'sid' | 'upn'> => ({
  ...('onPremisesSecurityIdentifier' in item ? { sid: sidKey(item.onPremisesSecurityIdentifier) ?? null } : {}),
  ...('userPrincipalName' in item ? { upn: upnKey(item.userPrincipalName) ?? null } : {}),
});
