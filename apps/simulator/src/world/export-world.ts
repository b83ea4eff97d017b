import { FLAG } from './resource-table.js';
import type { World } from './world.js';
import type { WorldInput } from './world-spec.js';

/** The world as it is now, in the form that `--world <file>` and `POST /control/reset` read. */
export function exportWorld(world: World): WorldInput {
  const { site, directory } = world;
  return {
    name: world.name,
    seed: world.seed,
    tenantId: world.tenantId,
    tenantDomain: world.tenantDomain,
    siteCode: site.code,
    devices: [...site.systems.after(0)].map((resource) => device(world, resource)),
    users: [...site.users.after(0)].map((resource) => user(world, resource)),
    userGroups: [...site.userGroups.after(0)].map((id) => ({
      name: site.userGroups.names.get(id - site.userGroups.base)!,
      objectId: site.userGroups.aadIds.get(id - site.userGroups.base),
    })),
    unknownSystems: [...site.unknownSystems.after(0)].map((id) =>
      site.unknownSystems.names.get(id - site.unknownSystems.base)!,
    ),
    servicePrincipals: [...directory.appIds]
      .filter(([row]) => directory.alive(row))
      .map(([row, appId]) => ({ id: directory.idOf(row), appId, displayName: directory.names.get(row)! })),
    collections: site
      .orderedCollections()
      .filter((c) => !c.builtIn && !c.deleted)
      .map((c) => ({
        id: c.id,
        name: c.name,
        type: c.type === 2 ? ('device' as const) : ('user' as const),
        comment: c.comment,
        members: [...c.members].map((resource) => nameOf(world, resource)),
      })),
    groups: [...directory.groups.values()]
      .filter((group) => directory.alive(group.row))
      .map((group) => {
        const { mailNickname: _nick, ...traits } = group.traits;
        const ids = (rows: Iterable<number>) => [...rows].map((row) => directory.idOf(row));
        return { id: directory.idOf(group.row), ...traits, members: ids(group.members), owners: ids(group.owners) };
      }),
  };
}

function nameOf(world: World, resource: number): string {
  const table = world.site.tableOf(resource)!;
  return table.names.get(resource - table.base)!;
}

function device(world: World, resource: number) {
  const { systems, tenants } = world.site;
  const row = resource - systems.base;
  const deviceId = systems.aadIds.get(row);
  const object = deviceId === undefined ? -1 : world.directory.findDevice(deviceId);
  const tenant = tenants[systems.tenants.get(row)];
  return {
    name: systems.names.get(row)!,
    joined: deviceId === undefined ? ('none' as const) : object < 0 ? ('site' as const) : ('both' as const),
    deviceId,
    ...(object < 0 ? {} : { objectId: world.directory.idOf(object), enabled: world.directory.enabled(object) }),
    obsolete: systems.flags.flag(row, FLAG.obsolete),
    decommissioned: systems.flags.flag(row, FLAG.decommissioned),
    client: systems.flags.flag(row, FLAG.client),
    coManaged: systems.flags.flag(row, FLAG.coManaged),
    ...(tenant && tenant !== world.tenantId ? { tenantId: tenant } : {}),
  };
}

function user(world: World, resource: number) {
  const { users, userNames, tenants } = world.site;
  const row = resource - users.base;
  const known = users.aadIds.get(row);
  const bySid = world.directory.sids.find(users.sids.get(row) ?? '') ?? -1;
  const object = known === undefined ? bySid : world.directory.find(known);
  const tenant = tenants[users.tenants.get(row)];
  return {
    name: users.names.get(row)!,
    userName: userNames.get(row)!,
    upn: users.upns.get(row),
    sid: users.sids.get(row),
    identity: known !== undefined ? ('aad' as const) : object >= 0 ? ('sid' as const) : ('none' as const),
    ...(known !== undefined || object >= 0 ? { objectId: known ?? world.directory.idOf(object) } : {}),
    ...(tenant && tenant !== world.tenantId ? { tenantId: tenant } : {}),
  };
}
