import { lowerBound, requiredValues, type Filter } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import { FLAG, type ResourceTable } from '../world/resource-table.js';
import { derive } from '../world/populate.js';
import { entraId, nameOf, siteDate, smsId, tenantOf } from './shapes.js';
import { bool, date, text, texts, uint, type Property, type WmiClass } from './wmi-class.js';

/** ResourceIDs of the tables that a filter can reach, ascending. */
function* resources(tables: ResourceTable[], filter: Filter | undefined, key: string): Generator<number> {
  const single = requiredValues(filter, key);
  if (single) {
    const ids = [...new Set(single.map(Number))].sort((a, b) => a - b);
    yield* ids.filter((id) => tables.some((table) => table.has(id)));
    return;
  }
  for (const table of tables) yield* table.after(lowerBound(filter, key));
}

/** Whether a boolean of the discovery classes travels as uint32 0/1 or as a boolean. */
function intFlag(sim: Simulation, read: (id: number) => boolean): Property<number> {
  return uint((id) => (sim.adminService['shape.intFlags'] ? Number(read(id)) : read(id)));
}

function resourceClass(
  name: string,
  key: string,
  tables: ResourceTable[],
  properties: Record<string, Property<number>>,
): WmiClass<number> {
  return {
    name,
    keys: [key],
    lazy: [],
    properties,
    scan: (filter) => resources(tables, filter, key),
    find: ([id]) => (tables.some((table) => table.has(Number(id))) ? Number(id) : undefined),
    before: (filter) => Math.max(0, lowerBound(filter, key) - tables[0]!.base + 1),
  };
}

export function combinedDeviceClass(sim: Simulation): WmiClass<number> {
  const { systems, unknownSystems } = sim.world.site;
  const has = (id: number, mask: number) => systems.has(id) && systems.flags.flag(id - systems.base, mask);
  return resourceClass('SMS_CombinedDeviceResources', 'ResourceID', [systems, unknownSystems], {
    AADDeviceID: text((id) => entraId(sim, id, systems.has(id) ? systems.aadIds.get(id - systems.base) : undefined)),
    AADTenantID: text((id) => tenantOf(sim, systems.has(id) ? systems : unknownSystems, id)),
    CoManaged: bool((id) => has(id, FLAG.coManaged)),
    Domain: text((id) => (systems.has(id) ? sim.world.site.domain : null)),
    IsActive: bool((id) => has(id, FLAG.active)),
    IsClient: bool((id) => has(id, FLAG.client)),
    IsObsolete: bool((id) => has(id, FLAG.obsolete)),
    Name: text((id) => nameOf(sim, systems.has(id) ? systems : unknownSystems, id)),
    ResourceID: uint((id) => id),
    SerialNumber: text((id) => (systems.has(id) ? `SN${id}` : null)),
    SiteCode: text(() => sim.world.site.code),
    SMBIOSGUID: text((id) => (systems.has(id) ? derive(sim.world, 'other', id).toUpperCase() : null)),
    SMSID: text((id) => smsId(sim, id)),
    Unknown: bool((id) => unknownSystems.has(id)),
  });
}

export function systemClass(sim: Simulation): WmiClass<number> {
  const { site } = sim.world;
  const table = site.systems;
  const row = (id: number) => id - table.base;
  const flag = (mask: number) => intFlag(sim, (id) => table.flags.flag(row(id), mask));
  const name = (id: number) => nameOf(sim, table, id);
  return resourceClass('SMS_R_System', 'ResourceId', [table], {
    AADDeviceID: text((id) => entraId(sim, id, table.aadIds.get(row(id)))),
    AADTenantID: text((id) => tenantOf(sim, table, id)),
    Active: flag(FLAG.active),
    Client: flag(FLAG.client),
    CreationDate: date((id) => siteDate(sim, table.created.get(row(id)) ?? Date.UTC(2025, 0, 1))),
    Decommissioned: flag(FLAG.decommissioned),
    DistinguishedName: text((id) => `CN=${name(id)},OU=Workstations,DC=contoso,DC=example`),
    FullDomainName: text(() => 'CONTOSO.EXAMPLE'),
    Name: text(name),
    NetbiosName: text(name),
    ObjectGUID: text(() => null),
    Obsolete: flag(FLAG.obsolete),
    PreviousSMSUUID: text(() => null),
    ResourceDomainORWorkgroup: text(() => site.domain),
    ResourceId: uint((id) => id),
    ResourceNames: texts((id) => [`${name(id)}.contoso.example`]),
    ResourceType: uint(() => table.type),
    SerialNumber: text((id) => `SN${id}`),
    SID: text((id) => `${site.domainSid}-${500_000 + row(id)}`),
    SMBIOSGUID: text((id) => derive(sim.world, 'other', id).toUpperCase()),
    SMSAssignedSites: texts(() => [site.code]),
    SMSInstalledSites: texts((id) => (table.flags.flag(row(id), FLAG.client) ? [site.code] : [])),
    SMSUniqueIdentifier: text((id) => smsId(sim, id)),
    Unknown: intFlag(sim, () => false),
  });
}

export function userClass(sim: Simulation): WmiClass<number> {
  const { site } = sim.world;
  const table = site.users;
  const row = (id: number) => id - table.base;
  const userName = (id: number) => site.userNames.get(row(id)) ?? '';
  return resourceClass('SMS_R_User', 'ResourceId', [table], {
    AADTenantID: text((id) => tenantOf(sim, table, id)),
    AADUserID: text((id) => entraId(sim, id, table.aadIds.get(row(id)))),
    CloudUserId: text(() => ''),
    DistinguishedName: text((id) => `CN=${userName(id)},OU=People,DC=contoso,DC=example`),
    FullDomainName: text(() => 'CONTOSO.EXAMPLE'),
    FullUserName: text((id) => userName(id)),
    Mail: text((id) => table.upns.get(row(id)) ?? null),
    Name: text((id) => nameOf(sim, table, id)),
    ObjectGUID: text(() => null),
    ResourceId: uint((id) => id),
    ResourceType: uint(() => table.type),
    SID: text((id) => table.sids.get(row(id)) ?? null),
    UniqueUserName: text((id) => `${site.domain}\\${userName(id)}`),
    UserName: text(userName),
    UserPrincipalName: text((id) => table.upns.get(row(id)) ?? null),
    WindowsNTDomain: text(() => site.domain),
  });
}

export function userGroupClass(sim: Simulation): WmiClass<number> {
  const { site } = sim.world;
  const table = site.userGroups;
  const row = (id: number) => id - table.base;
  const name = (id: number) => table.names.get(row(id)) ?? '';
  return resourceClass('SMS_R_UserGroup', 'ResourceId', [table], {
    AADGroupID: text((id) => entraId(sim, id, table.aadIds.get(row(id)))),
    AADTenantID: text((id) => tenantOf(sim, table, id)),
    GroupType: uint(() => 2),
    Name: text(name),
    ObjectGUID: text(() => null),
    ResourceId: uint((id) => id),
    ResourceType: uint(() => table.type),
    SID: text((id) => `${site.domainSid}-${900_000 + row(id)}`),
    UniqueUsergroupName: text(name),
    UsergroupName: text((id) => name(id).split('\\').pop()),
    WindowsNTDomain: text(() => site.domain),
  });
}

export function unknownSystemClass(sim: Simulation): WmiClass<number> {
  const table = sim.world.site.unknownSystems;
  return resourceClass('SMS_R_UnknownSystem', 'ResourceId', [table], {
    Name: text((id) => table.names.get(id - table.base)),
    ResourceId: uint((id) => id),
    ResourceType: uint(() => table.type),
    SMSUniqueIdentifier: text((id) => smsId(sim, id)),
  });
}
