const KNOWN = ['user', 'device', 'group', 'servicePrincipal', 'orgContact'] as const;

/** The words for a type of the directory; one that is not known is an object. */
export const objectTypeKey = (type: string | null) =>
  `objectType.${KNOWN.find((known) => known === type) ?? 'directoryObject'}` as const;
