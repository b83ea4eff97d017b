import { z } from 'zod';

/** A GUID as Entra writes it: lower case, no braces. Input in any case and with braces is accepted. */
export const guid = z
  .string()
  .transform((text) => text.replace(/^\{|\}$/g, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a GUID'));

/** The source's own id of a collection, opaque to everybody else: printable characters that need no escape in a path. */
export const collectionId = z.string().regex(/^[\w.~-]{1,128}$/, 'must be a collection id such as ABC00014');

/** `tenant/group`, two lower-case GUIDs: the id of a target and the key of every record about it. */
export const targetId = z
  .string()
  .regex(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/, 'must be tenant/group, two GUIDs in lower case');

/** How far ahead of the clock a version may be: no clock is a year wrong, and one more than this is accepted a moment later. */
const AHEAD_MS = 366 * 24 * 3_600_000;

/**
 * Grows with every change: `max(previous + 1, clock in ms)`. One that no clock gave is refused wherever it comes in: after the greatest
 * number there is no next one.
 */
export const version = z
  .number()
  .int()
  .nonnegative()
  .refine((value) => value <= Date.now() + AHEAD_MS, 'is a version from the future');

/** What can be synchronised to a group. */
export const collectionType = z.enum(['device', 'user']);
/** What a site lists: some collections hold neither devices nor users. */
export const listedCollectionType = z.enum([...collectionType.options, 'other']);

export type CollectionId = z.infer<typeof collectionId>;
export type CollectionType = z.infer<typeof collectionType>;
export type ListedCollectionType = z.infer<typeof listedCollectionType>;
export type TargetId = z.infer<typeof targetId>;

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

export const targetOf = (tenant: string, group: string): TargetId => `${tenant.toLowerCase()}/${group.toLowerCase()}`;

export const partsOfTarget = (target: TargetId): { tenant: string; group: string } => {
  const [tenant = '', group = ''] = target.split('/');
  return { tenant, group };
};

/** The GUID in lower case, or undefined for every spelling of "absent" that a site uses: missing, null, empty, all zero. */
export const presentGuid = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const parsed = guid.safeParse(value.trim());
  return parsed.success && parsed.data !== EMPTY_GUID ? parsed.data : undefined;
};

/** The rule of every version and number in the system; `clock` is the database's, in milliseconds. */
export const nextVersion = (previous: number, clock: number): number => Math.max(previous + 1, Math.trunc(clock));
