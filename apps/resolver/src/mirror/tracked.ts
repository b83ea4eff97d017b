import type { Kind } from '../store/kinds.js';

/** Where a kind is read from, and the properties that are tracked. https://learn.microsoft.com/graph/delta-query-overview */
export const TRACKED: Readonly<Record<Kind, { readonly path: string; readonly select: string }>> = {
  device: { path: '/devices/delta', select: 'deviceId,accountEnabled,trustType' },
  user: { path: '/users/delta', select: 'userPrincipalName,onPremisesSecurityIdentifier,accountEnabled' },
};
