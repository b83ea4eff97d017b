import { randomUUID } from 'node:crypto';
import { joinBuiltIns, leaveCollections } from './evaluation.js';
import { UnknownThing } from './populate.js';
import type { World } from './world.js';

/** The site's system behind a name or ResourceID; throws if there is none. */
export function systemOf(world: World, device: string): number {
  const { systems } = world.site;
  const resource = systems.find(device) ?? (systems.has(Number(device)) ? Number(device) : undefined);
  if (resource === undefined) throw new UnknownThing(`The site has no device '${device}'.`);
  return resource;
}

/** The site's user behind a name, account name, UPN or ResourceID; throws if there is none. */
export function userOf(world: World, user: string): number {
  const { users, userNames } = world.site;
  const row = users.names.find(user) ?? userNames.find(user) ?? users.upns.find(user);
  const resource = row === undefined ? Number(user) : users.base + row;
  if (!users.has(resource)) throw new UnknownThing(`The site has no user '${user}'.`);
  return resource;
}

export interface Joined {
  resourceId: number;
  deviceId: string;
  objectId: string;
}

/** Registers a device in the directory, in the site, or in both, as a hybrid join does some time after the client is installed. */
export function joinDevice(
  world: World,
  resource: number,
  given: { deviceId?: string; objectId?: string; where: 'both' | 'site' | 'directory' },
): Joined {
  const { site, directory } = world;
  const row = resource - site.systems.base;
  const deviceId = given.deviceId ?? site.systems.aadIds.get(row) ?? randomUUID();
  if (given.where !== 'directory') site.systems.identify(row, deviceId, 1);
  let object = directory.findDevice(deviceId);
  if (object < 0 && given.where !== 'site') {
    object = directory.addDevice({ id: given.objectId ?? randomUUID(), deviceId, name: site.systems.names.get(row) });
  }
  return { resourceId: resource, deviceId, objectId: object < 0 ? '' : directory.idOf(object) };
}

/** Re-imaging: the old directory object goes, a new one with a new deviceId appears, and the site learns it. */
export function reRegisterDevice(
  world: World,
  resource: number,
  given: { deviceId?: string; objectId?: string; where: 'both' | 'site' | 'directory' },
): Joined {
  const row = resource - world.site.systems.base;
  const old = world.site.systems.aadIds.get(row);
  if (old !== undefined && given.where !== 'site') world.directory.delete(world.directory.findDevice(old));
  return joinDevice(world, resource, { ...given, deviceId: given.deviceId ?? randomUUID() });
}

/** The directory row of a system's device, or -1. */
export function deviceObject(world: World, resource: number): number {
  const deviceId = world.site.systems.aadIds.get(resource - world.site.systems.base);
  return deviceId === undefined ? -1 : world.directory.findDevice(deviceId);
}

/** The site forgets a device: it leaves every collection. */
export function removeResource(world: World, resource: number): void {
  const table = world.site.tableOf(resource);
  if (!table) return;
  leaveCollections(world.site, resource, world.clock.now());
  table.remove(resource);
}

/** Gives an AD-only user a directory object, found by its SID and UPN. */
export function joinUser(world: World, resource: number, objectId: string | undefined, knownToSite: boolean): string {
  const { site, directory } = world;
  const row = resource - site.users.base;
  const id = objectId ?? site.users.aadIds.get(row) ?? randomUUID();
  if (directory.find(id) < 0) {
    const upn = site.users.upns.get(row);
    directory.addUser({
      id,
      upn,
      sid: site.users.sids.get(row),
      name: site.users.names.get(row),
      samAccountName: site.userNames.get(row),
    });
  }
  if (knownToSite) site.users.identify(row, id, 1);
  return id;
}

/** A resource that was just added joins the built-in collections. */
export function resourceAdded(world: World, resource: number): void {
  joinBuiltIns(world.site, resource, world.clock.now());
}
