import { COLLECTION_TYPES, type Collection } from './collection.js';
import type { Directory } from './directory.js';
import type { Group } from './group.js';
import { FLAG, type ResourceTable } from './resource-table.js';
import type { World } from './world.js';
import type { WorldInput } from './world-spec.js';

/** The world as it is now, in the form that `--world <file>` and `POST /control/reset` read, in pieces of JSON text. */
export function* exportWorld(world: World): Generator<string> {
  const { site, directory, name, seed, tenantId, tenantDomain } = world;
  const head = JSON.stringify({ name, seed, tenantId, tenantDomain, siteCode: site.code });
  yield head.slice(0, -1);
  const table = (resources: ResourceTable, show: (resource: number) => unknown) => () =>
    mapped(resources.after(0), show);
  const sections: [keyof WorldInput, () => Iterable<unknown>][] = [
    ['devices', table(site.systems, (resource) => device(world, resource))],
    ['users', table(site.users, (resource) => user(world, resource))],
    ['userGroups', table(site.userGroups, (resource) => userGroup(world, resource))],
    ['unknownSystems', table(site.unknownSystems, (resource) => nameOf(world, resource))],
    ['servicePrincipals', () => mapped(aliveApps(world), ([row, appId]) => servicePrincipal(world, row, appId))],
    ['collections', () => mapped(ownCollections(world), (collection) => shownCollection(world, collection))],
    ['groups', () => mapped(aliveGroups(world), (group) => shownGroup(directory, group))],
  ];
  for (const [section, rows] of sections) {
    yield `,${JSON.stringify(section)}:[`;
    let separator = '';
    for (const row of rows()) {
      yield separator + JSON.stringify(row);
      separator = ',';
    }
    yield ']';
  }
  yield '}';
}

function* mapped<T>(rows: Iterable<T>, show: (row: T) => unknown): Generator<unknown> {
  for (const row of rows) yield show(row);
}

function aliveApps({ directory }: World): [number, string][] {
  return [...directory.appIds].filter(([row]) => directory.alive(row));
}

function ownCollections({ site }: World): Collection[] {
  return site.orderedCollections().filter((collection) => !collection.builtIn && !collection.deleted);
}

function aliveGroups({ directory }: World): Group[] {
  return [...directory.groups.values()].filter((group) => directory.alive(group.row));
}

function userGroup(world: World, resource: number) {
  const { userGroups } = world.site;
  return { name: nameOf(world, resource), objectId: userGroups.aadIds.get(resource - userGroups.base) };
}

function servicePrincipal({ directory }: World, row: number, appId: string) {
  return { id: directory.idOf(row), appId, displayName: directory.names.get(row) };
}

function shownCollection(world: World, { id, name, type, comment, members }: Collection) {
  const names = [...members].map((resource) => nameOf(world, resource));
  return { id, name, type: COLLECTION_TYPES[type], comment, members: names };
}

function shownGroup(directory: Directory, group: Group) {
  const { mailNickname: _nick, ...traits } = group.traits;
  const ids = (rows: Iterable<number>) => [...rows].map((row) => directory.idOf(row));
  return {
    id: directory.idOf(group.row),
    ...traits,
    members: ids(group.members),
    owners: ids(group.owners),
    administrativeUnits: group.administrativeUnits,
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
