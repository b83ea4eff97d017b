import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { Directory } from './directory.js';
import { addCollection, addDevice, addGroup, addUser, addUserGroup } from './populate.js';
import { Site } from './site.js';
import { DOMAIN_SID, NT_DOMAIN, SITE_CODE, SITE_SERVER, TENANT_DOMAIN, TENANT_ID, type World } from './world.js';
import { worldSpec, type WorldInput } from './world-spec.js';

export function emptyWorld(
  given: { name: string; seed: number; tenantId?: string; tenantDomain?: string; siteCode?: string },
  clock: Clock,
  capacity: { devices: number; users: number } = { devices: 64, users: 64 },
): World {
  const tenantId = (given.tenantId ?? TENANT_ID).toLowerCase();
  const siteCode = given.siteCode ?? SITE_CODE;
  return {
    name: given.name,
    seed: given.seed,
    life: randomUUID(),
    clock,
    tenantId,
    tenantDomain: given.tenantDomain ?? TENANT_DOMAIN,
    site: new Site(siteCode, SITE_SERVER, NT_DOMAIN, DOMAIN_SID, tenantId, given.seed, capacity),
    directory: new Directory(clock, capacity.devices + capacity.users),
  };
}

/** Builds the world that a specification describes; throws with every mistake if it is not a valid one. */
export function buildWorld(input: WorldInput, clock: Clock): World {
  const spec = worldSpec.parse(input);
  const world = emptyWorld(spec, clock);
  for (const device of spec.devices) addDevice(world, device);
  for (const name of spec.unknownSystems) world.site.unknownSystems.add({ name });
  for (const user of spec.users) addUser(world, user);
  for (const group of spec.userGroups) addUserGroup(world, group);
  for (const sp of spec.servicePrincipals) {
    world.directory.addOther('servicePrincipal', sp.id, sp.displayName, sp.appId);
  }
  for (const group of spec.groups) addGroup(world, group);
  world.site.fillBuiltIns();
  for (const collection of spec.collections) addCollection(world, collection);
  world.directory.startLog();
  return world;
}
