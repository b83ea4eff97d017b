import { lowerBound, requiredValues, type Filter, type Value } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Collection } from '../world/collection.js';
import { FLAG, type ResourceTable } from '../world/resource-table.js';
import { memberCollections } from './visibility.js';
import { entraId, nameOf, smsId, tenantOf } from './shapes.js';
import { bool, sint, text, uint, type Property, type WmiClass } from './wmi-class.js';

interface MemberRow {
  collection: Collection;
  resource: number;
  table: ResourceTable;
}

/** Which member rows a filter can reach: whole collections from a ResourceID on, or single resources. */
function* memberRows(sim: Simulation, filter: Filter | undefined, collections: Collection[]): Generator<MemberRow> {
  const single = numbers(requiredValues(filter, 'ResourceID'));
  const from = lowerBound(filter, 'ResourceID');
  for (const collection of collections) {
    if (sim.adminService['rbac.hideMembers'].includes(collection.id)) continue;
    const halved = sim.adminService['rbac.hideSome'].includes(collection.id);
    const wanted = single ?? collection.members;
    const start = single ? 0 : collection.members.indexAfter(from);
    const size = single ? single.length : collection.members.size;
    for (let i = start; i < size; i += 1) {
      const resource = Array.isArray(wanted) ? wanted[i]! : wanted.at(i);
      if (single && !collection.members.has(resource)) continue;
      if (halved && resource % 2 === 1) continue;
      const table = sim.world.site.tableOf(resource);
      if (!table) continue;
      yield { collection, resource, table };
      const every = sim.adminService['data.duplicates'];
      if (every > 0 && (i + 1) % every === 0) yield { collection, resource, table };
    }
  }
}

function numbers(values: Value[] | undefined): number[] | undefined {
  return values?.map(Number).sort((a, b) => a - b);
}

const flag = (row: MemberRow, mask: number) => row.table.flags.flag(row.resource - row.table.base, mask);
const isSystem = (row: MemberRow) => row.table.type === 5;

function common(sim: Simulation): Record<string, Property<MemberRow>> {
  return {
    AMTFullVersion: text(() => null),
    AMTStatus: sint(() => null),
    ClientType: sint((r) => (isSystem(r) ? 1 : null)),
    ClientVersion: text((r) => (isSystem(r) && flag(r, FLAG.client) ? '5.00.9128.1007' : null)),
    DeviceCategory: text(() => null),
    DeviceOwner: sint((r) => (isSystem(r) ? 1 : null)),
    Domain: text(() => sim.world.site.domain),
    IsActive: bool((r) => flag(r, FLAG.active)),
    IsAlwaysInternet: bool(() => false),
    IsApproved: sint((r) => (isSystem(r) ? 1 : null)),
    IsAssigned: bool((r) => flag(r, FLAG.client)),
    IsBlocked: sint(() => 0),
    IsClient: bool((r) => flag(r, FLAG.client)),
    IsDecommissioned: bool((r) => flag(r, FLAG.decommissioned)),
    IsDirect: bool((r) => r.collection.direct.has(r.resource)),
    IsInternetEnabled: bool(() => false),
    IsObsolete: bool((r) => flag(r, FLAG.obsolete)),
    IsVirtualMachine: bool(() => false),
    Name: text((r) => nameOf(sim, r.table, r.resource)),
    ResourceID: uint((r) => r.resource),
    ResourceType: uint((r) => r.table.type),
    SiteCode: text(() => sim.world.site.code),
    SMSID: text((r) => (isSystem(r) ? smsId(sim, r.resource) : null)),
    SuppressAutoProvision: bool(() => false),
  };
}

export function membershipClass(sim: Simulation): WmiClass<MemberRow> {
  return {
    name: 'SMS_FullCollectionMembership',
    keys: ['CollectionID', 'ResourceID'],
    lazy: [],
    properties: {
      ClientCertType: sint((r) => (isSystem(r) ? 1 : null)),
      CollectionID: text((r) => r.collection.id),
      Priority: sint(() => 1),
      ...common(sim),
    },
    scan: (filter) => memberRows(sim, filter, memberCollections(sim, filter)),
    find: ([id, resource]) => findMember(sim, String(id), Number(resource)),
    before: (filter) =>
      memberCollections(sim, filter)
        .slice(0, 1)
        .reduce((n, c) => n + c.members.indexAfter(lowerBound(filter, 'ResourceID')), 0),
  };
}

function findMember(sim: Simulation, id: string, resource: number): MemberRow | undefined {
  const filter: Filter = { kind: 'compare', op: 'eq', property: 'CollectionID', value: id };
  const at: Filter = { kind: 'compare', op: 'eq', property: 'ResourceID', value: resource };
  const both: Filter = { kind: 'and', left: filter, right: at };
  return [...memberRows(sim, both, memberCollections(sim, filter))][0];
}

/** `SMS_CM_RES_COLL_<CollectionID>`: members with their Entra ids. Not known to answer on a real site, so off by default. */
export function memberListClass(sim: Simulation, collection: Collection): WmiClass<MemberRow> {
  return {
    name: `SMS_CM_RES_COLL_${collection.id}`,
    keys: ['ResourceID'],
    lazy: [],
    properties: {
      ...common(sim),
      AADDeviceID: text((r) =>
        entraId(sim, r.resource, isSystem(r) ? r.table.aadIds.get(r.resource - r.table.base) : undefined),
      ),
      AADTenantID: text((r) => tenantOf(sim, r.table, r.resource)),
      CoManaged: bool((r) => flag(r, FLAG.coManaged)),
      Unknown: bool((r) => r.table.type === 2),
    },
    scan: (filter) =>
      memberRows(
        sim,
        filter,
        memberCollections(sim).filter((c) => c === collection),
      ),
    find: ([resource]) => findMember(sim, collection.id, Number(resource)),
  };
}
