/** What is mirrored; the same words as the types of collections. */
export const KINDS = ['device', 'user'] as const;
export type Kind = (typeof KINDS)[number];

/** Where a kind is read from, and the properties that are tracked. https://learn.microsoft.com/graph/delta-query-overview */
export const FEEDS: Readonly<Record<Kind, { readonly path: string; readonly select: string }>> = {
  device: { path: '/devices/delta', select: 'deviceId,accountEnabled,trustType' },
  user: { path: '/users/delta', select: 'userPrincipalName,onPremisesSecurityIdentifier,accountEnabled' },
};

export const plural = (kind: Kind): string => `${kind}s`;
