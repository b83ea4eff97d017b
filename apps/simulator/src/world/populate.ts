import { COLLECTION_TYPES, DEVICE_COLLECTION, USER_COLLECTION, type Collection } from './collection.js';
import { derivedGuidText } from './guid.js';
import type { Group } from './group.js';
import { FLAG, type ResourceTable } from './resource-table.js';
import type { World } from './world.js';
import type { NewCollection, NewDevice, NewGroup, NewUser } from './world-spec.js';

/** Number spaces of derived GUIDs, so that no two kinds share one. */
export const DERIVED = { deviceId: 1, deviceObject: 2, user: 3, group: 4, userGroup: 5, smsId: 6, other: 7 } as const;

export function derive(world: World, kind: keyof typeof DERIVED, index: number): string {
  return derivedGuidText(world.seed, DERIVED[kind], index);
}

/** Adds a system to the site and, when joined, a device to the directory. Answers its ResourceID. */
export function addDevice(world: World, device: NewDevice): number {
  const { site, directory } = world;
  const row = site.systems.rows;
  const deviceId = device.deviceId ?? derive(world, 'deviceId', row);
  const inSite = device.joined === 'both' || device.joined === 'site';
  const flags =
    (FLAG.active * Number(!device.obsolete)) |
    (FLAG.client * Number(device.client)) |
    (FLAG.obsolete * Number(device.obsolete)) |
    (FLAG.decommissioned * Number(device.decommissioned)) |
    (FLAG.coManaged * Number(device.coManaged));
  const resource = site.systems.add({
    name: device.name,
    flags,
    aadId: inSite ? deviceId : undefined,
    tenant: site.tenantNumber(device.tenantId ?? world.tenantId),
  });
  if ((device.joined === 'both' || device.joined === 'entra') && directory.findDevice(deviceId) < 0) {
    const id = device.objectId ?? derive(world, 'deviceObject', directory.size);
    directory.addDevice({ id, deviceId, name: device.name, enabled: device.enabled });
  }
  return resource;
}

/** Adds a user to the site and, unless it has no Entra record, to the directory. Answers its ResourceID. */
export function addUser(world: World, user: NewUser): number {
  const { site, directory } = world;
  const row = site.users.rows;
  const id = user.objectId ?? derive(world, 'user', directory.size);
  const upn = user.upn ?? `${user.userName}@${world.tenantDomain}`;
  const sid = user.sid ?? `${site.domainSid}-${1100 + row}`;
  const resource = site.users.add({
    name: user.name,
    flags: FLAG.active,
    aadId: user.identity === 'aad' ? id : undefined,
    tenant: site.tenantNumber(user.tenantId ?? world.tenantId),
  });
  site.users.upns.set(row, upn);
  site.users.sids.set(row, sid);
  site.userNames.set(row, user.userName);
  if (user.identity !== 'none' && !user.tenantId) {
    const samAccountName = user.userName;
    const onPremises = user.cloudOnly ? {} : { sid, samAccountName };
    directory.addUser({ id, upn, name: user.name, ...onPremises, guest: user.guest, enabled: user.enabled });
  }
  return resource;
}

/** Adds a user group that user collections can hold. Answers its ResourceID. */
export function addUserGroup(world: World, group: { name: string; objectId?: string }): number {
  return world.site.userGroups.add({
    name: group.name,
    aadId: group.objectId,
    tenant: group.objectId ? 1 : 0,
    flags: FLAG.active,
  });
}

export function addCollection(world: World, given: NewCollection): Collection {
  const collection = world.site.addCollection(given.id, given.name, COLLECTION_TYPES.indexOf(given.type));
  collection.comment = given.comment;
  const now = world.clock.now();
  collection.lastChangeTime = now;
  collection.full.at = now;
  collection.full.ms = 250;
  collection.lastRefreshTime = now;
  const members = given.members.map((member) => resourceOf(world, member, collection.type));
  collection.members.addAll(members);
  for (const member of members) collection.direct.add(member);
  if (members.length > 0) {
    collection.lastMemberChangeTime = now;
    collection.full.changes = members.length;
    collection.full.changedAt = now;
  }
  return collection;
}

export function addGroup(world: World, given: NewGroup): Group {
  const { members, owners, administrativeUnits = [], id, ...traits } = given;
  const group = world.directory.addGroup(id ?? derive(world, 'group', world.directory.size), traits);
  for (const member of members) world.directory.link(group, objectOf(world, member));
  for (const owner of owners) group.owners.add(objectOf(world, owner));
  group.administrativeUnits = administrativeUnits;
  return group;
}

/** The ResourceID of a name or number; throws if the site has no such resource. */
export function resourceOf(world: World, member: string | number, collectionType?: number): number {
  const { site } = world;
  const all: ResourceTable[] =
    collectionType === USER_COLLECTION
      ? [site.users, site.userGroups]
      : collectionType === DEVICE_COLLECTION
        ? [site.systems, site.unknownSystems, site.userGroups]
        : site.tables();
  for (const table of all) {
    if (typeof member === 'number' ? table.has(member) : false) return member as number;
    const found = typeof member === 'string' ? table.find(member) : undefined;
    if (found !== undefined) return found;
  }
  if (typeof member === 'string' && /^\d+$/.test(member)) return resourceOf(world, Number(member), collectionType);
  throw new UnknownThing(`The site has no resource '${member}'.`);
}

/** The directory row of an object id, a device name, a user principal name or a group name; throws if there is none. */
export function objectOf(world: World, text: string): number {
  const { directory } = world;
  const candidates = [directory.find(text), directory.findUser(text), directory.names.find(text) ?? -1];
  const row = candidates.find((candidate) => directory.alive(candidate));
  if (row !== undefined) return row;
  for (const group of directory.groups.values()) {
    if (group.traits.displayName === text && directory.alive(group.row)) return group.row;
  }
  throw new UnknownThing(`The directory has no object '${text}'.`);
}

/** Something was named that is not there: a 404 of the control API. */
export class UnknownThing extends Error {}
