import { z } from 'zod';
import { COLLECTION_TYPES } from './collection.js';

const guid = z.guid();

const device = z.strictObject({
  name: z.string().min(1),
  resourceId: z.int().optional(),
  /** Known to the site and registered in Entra; `site` or `entra` alone make half-joined devices, `none` an unjoined one. */
  joined: z.enum(['both', 'site', 'entra', 'none']).default('both'),
  deviceId: guid.optional(),
  objectId: guid.optional(),
  enabled: z.boolean().default(true),
  obsolete: z.boolean().default(false),
  decommissioned: z.boolean().default(false),
  client: z.boolean().default(true),
  coManaged: z.boolean().default(false),
  /** The tenant id that the site holds, when it is not the simulated one. */
  tenantId: guid.optional(),
});

const user = z.strictObject({
  name: z.string().min(1),
  userName: z.string().min(1),
  resourceId: z.int().optional(),
  upn: z.string().min(3).optional(),
  sid: z.string().optional(),
  objectId: guid.optional(),
  /** `aad`: the site knows the object id. `sid`: only SID and UPN (an AD-only user). `none`: no Entra record. */
  identity: z.enum(['aad', 'sid', 'none']).default('aad'),
  /** In Entra alone: its record there has neither SID nor account name. */
  cloudOnly: z.boolean().default(false),
  guest: z.boolean().default(false),
  enabled: z.boolean().default(true),
  tenantId: guid.optional(),
});

const userGroup = z.strictObject({
  name: z.string().min(1),
  objectId: guid.optional(),
  resourceId: z.int().optional(),
});

const collection = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z0-9]{8}$/)
    .optional(),
  name: z.string().min(1),
  type: z.enum(COLLECTION_TYPES).default('device'),
  comment: z.string().default(''),
  /** Names or ResourceIDs. */
  members: z.array(z.union([z.string(), z.int()])).default([]),
});

const group = z.strictObject({
  id: guid.optional(),
  displayName: z.string().min(1),
  description: z.string().nullable().optional(),
  groupTypes: z.array(z.string()).optional(),
  mailEnabled: z.boolean().optional(),
  securityEnabled: z.boolean().optional(),
  isAssignableToRole: z.boolean().nullable().optional(),
  onPremisesSyncEnabled: z.boolean().nullable().optional(),
  membershipRule: z.string().nullable().optional(),
  visibility: z.string().nullable().optional(),
  /** Names of devices, user principal names, or object ids. */
  members: z.array(z.string()).default([]),
  owners: z.array(z.string()).default([]),
  administrativeUnits: z.array(guid).optional(),
});

/** A world in JSON: `--world <file>`, `POST /control/reset`, and what `GET /control/export` writes. */
export const worldSpec = z.strictObject({
  name: z.string().default('custom'),
  seed: z.int().default(1),
  tenantId: guid.optional(),
  tenantDomain: z.string().optional(),
  siteCode: z
    .string()
    .regex(/^[A-Z0-9]{3}$/)
    .optional(),
  devices: z.array(device).default([]),
  users: z.array(user).default([]),
  userGroups: z.array(userGroup).default([]),
  unknownSystems: z.array(z.string()).default([]),
  servicePrincipals: z.array(z.strictObject({ id: guid, appId: guid, displayName: z.string() })).default([]),
  collections: z.array(collection).default([]),
  groups: z.array(group).default([]),
});

export type WorldInput = z.input<typeof worldSpec>;
export const newDevice = device;
export const newUser = user;
export const newCollection = collection;
export const newGroup = group;
export type NewDevice = z.output<typeof device>;
export type NewUser = z.output<typeof user>;
export type NewCollection = z.output<typeof collection>;
export type NewGroup = z.output<typeof group>;
