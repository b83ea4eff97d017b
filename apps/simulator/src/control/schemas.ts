import { z } from 'zod';

const member = z.union([z.string(), z.int()]);

/** Resources by name or ResourceID. */
export const memberEdit = z.strictObject({ add: z.array(member).default([]), remove: z.array(member).default([]) });
export const memberSet = z.strictObject({ members: z.array(member) });
/** Directory objects by object id, device name, user principal name or group name. */
export const groupEdit = z.strictObject({
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});
export const collectionChange = z.strictObject({
  name: z.string().min(1).optional(),
  comment: z.string().optional(),
  /** SMS_Collection.CurrentStatus to show; null shows the true one again. */
  status: z.int().min(0).max(8).nullable().optional(),
});
export const shuffleRequest = z.strictObject({
  leave: z.int().nonnegative().default(0),
  join: z.int().nonnegative().default(0),
});
/** Hybrid joined devices, named by a prefix and a number. */
export const manyDevices = z.strictObject({ prefix: z.string().min(1), count: z.int().positive() });
export const joinRequest = z.strictObject({
  deviceId: z.guid().optional(),
  objectId: z.guid().optional(),
  /** Which side learns of it: the directory, the site, or both. */
  where: z.enum(['both', 'site', 'directory']).default('both'),
});
/** The site alone learns it; `PATCH /directory/{id}` renames in the directory. */
export const renameRequest = z.strictObject({ name: z.string().min(1) });
export const groupChange = z.strictObject({
  displayName: z.string().min(1).optional(),
  description: z.string().nullable().optional(),
  groupTypes: z.array(z.string()).optional(),
  mailEnabled: z.boolean().optional(),
  securityEnabled: z.boolean().optional(),
  isAssignableToRole: z.boolean().nullable().optional(),
  onPremisesSyncEnabled: z.boolean().nullable().optional(),
  membershipRule: z.string().nullable().optional(),
  visibility: z.string().nullable().optional(),
  /** Replaces the owners: object ids. */
  owners: z.array(z.string()).optional(),
});
export const switchChange = z.strictObject({
  graph: z.record(z.string(), z.unknown()).optional(),
  adminService: z.record(z.string(), z.unknown()).optional(),
});
export const advanceRequest = z.strictObject({ seconds: z.number().nonnegative() });
export const resetRequest = z.strictObject({
  /** A built-in world by name, or a world in JSON; without it, the world that the simulator was started with. */
  world: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
});
export const mappingRequest = z.strictObject({
  groupId: z.guid(),
  groupName: z.string(),
  collectionId: z.string(),
  cloudServiceId: z.int().default(16777217),
});
/** What may change in a directory object; each is told by the next delta. */
export const objectChange = z.strictObject({
  displayName: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
  deviceId: z.guid().optional(),
  upn: z.string().optional(),
  sid: z.string().optional(),
});
