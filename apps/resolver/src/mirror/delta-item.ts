import { presentGuid } from '@collection-sync/core';
import type { Kind } from './kinds.js';

/** An object as a delta page tells it. A property that is left out has not changed; null means that it has no value. */
export interface DeltaItem {
  readonly id?: string;
  readonly '@removed'?: unknown;
  readonly deviceId?: string | null;
  readonly accountEnabled?: boolean | null;
  readonly trustType?: string | null;
  readonly userPrincipalName?: string | null;
  readonly onPremisesSecurityIdentifier?: string | null;
}

/** The same as the database takes it; `has…` tells apart "no value" from "not told". */
export interface ObjectChange {
  readonly object_id: string;
  readonly removed: boolean;
  readonly has_device_id: boolean;
  readonly device_id: string | null;
  readonly has_sid: boolean;
  readonly sid: string | null;
  readonly has_upn: boolean;
  readonly upn: string | null;
  readonly has_enabled: boolean;
  readonly enabled: boolean;
  readonly has_trust: boolean;
  readonly trust: string | null;
}

/** As the mirror compares them; a blank one is none. */
export const sidKey = (sid: unknown): string | undefined => textOf(sid)?.trim().toUpperCase() || undefined;
export const upnKey = (upn: unknown): string | undefined => textOf(upn)?.trim().toLowerCase() || undefined;

/** A text, or a number where a text belongs; nothing else is a value. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** One change an object, the last telling of a property counts; what has no id is no object. */
export const changesOf = (kind: Kind, items: readonly (DeltaItem | null)[]): ObjectChange[] => {
  const merged = new Map<string, DeltaItem>();
  for (const item of items) {
    const id = presentGuid(item?.id);
    if (!item || !id) continue;
    const before = merged.get(id);
    // what comes after a removal is told anew
    merged.set(id, before && !('@removed' in before) && !('@removed' in item) ? { ...before, ...item } : item);
  }
  return [...merged].map(([id, item]) => changeOf(kind, id, item));
};

const changeOf = (kind: Kind, id: string, item: DeltaItem): ObjectChange => {
  const device = kind === 'device';
  return {
    object_id: id,
    removed: '@removed' in item,
    has_device_id: device && 'deviceId' in item,
    device_id: presentGuid(item.deviceId) ?? null,
    has_sid: !device && 'onPremisesSecurityIdentifier' in item,
    sid: sidKey(item.onPremisesSecurityIdentifier) ?? null,
    has_upn: !device && 'userPrincipalName' in item,
    upn: upnKey(item.userPrincipalName) ?? null,
    has_enabled: 'accountEnabled' in item,
    // only a clear "no" disables
    enabled: item.accountEnabled !== false,
    has_trust: device && 'trustType' in item,
    trust: textOf(item.trustType) ?? null,
  };
};
