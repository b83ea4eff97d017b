/** What is mirrored; the same words as the types of collections. */
export const KINDS = ['device', 'user'] as const;
export type Kind = (typeof KINDS)[number];

export const plural = (kind: Kind): string => `${kind}s`;
