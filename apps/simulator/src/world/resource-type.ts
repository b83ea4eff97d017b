/** SMS ResourceType. */
export const TYPE = { unknown: 2, userGroup: 3, user: 4, system: 5 } as const;
