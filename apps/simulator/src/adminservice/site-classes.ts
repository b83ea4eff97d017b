import type { Simulation } from '../simulation.js';
import type { Collection } from '../world/collection.js';
import type { CloudMapping } from '../world/site.js';
import { siteDate } from './shapes.js';
import { visibleCollections } from './visibility.js';
import { date, sint, text, uint, type Property, type WmiClass } from './wmi-class.js';

export function identificationClass(sim: Simulation): WmiClass<true> {
  return {
    name: 'SMS_Identification',
    keys: [],
    lazy: [],
    properties: {
      LicenseType: sint(() => 2),
      ServiceAccountDomain: text(() => sim.world.site.domain),
      SMSBuildNumber: uint(() => 9128),
      SMSMinBuildNumber: uint(() => 8239),
      SMSVersion: text(() => '5.00.9128.1000'),
      ThisSiteCode: text(() => sim.world.site.code),
      ThisSiteName: text(() => 'Contoso primary'),
    },
    scan: () => [true],
    find: () => undefined,
  };
}

/** The product's own cloud-sync relations. */
export function cloudMappingClass(sim: Simulation): WmiClass<CloudMapping> {
  return {
    name: 'SMS_CollectionAADGroupMapping',
    keys: ['AADGroupID', 'CloudServiceID', 'CollectionSiteID'],
    lazy: [],
    properties: {
      AADGroupID: text((m) => m.groupId),
      AADGroupName: text((m) => m.groupName),
      CloudServiceID: uint((m) => m.cloudServiceId),
      CollectionSiteID: text((m) => m.collectionId),
      Flag: uint(() => 0),
      LastSyncStatus: uint(() => 0),
      LastSyncTime: date(() => siteDate(sim, 0)),
    },
    scan: () => sim.world.site.mappings,
    find: ([group, service, collection]) =>
      sim.world.site.mappings.find(
        (m) => m.groupId === group && m.cloudServiceId === service && m.collectionId === collection,
      ),
  };
}

/** Evaluation history: full or incremental. A central administration site evaluates nothing. */
export function evaluationClass(sim: Simulation, kind: 'full' | 'incremental'): WmiClass<Collection> {
  const time = (read: (c: Collection) => number) => date<Collection>((c) => siteDate(sim, read(c)));
  const own: Record<string, Property<Collection>> = kind === 'full'
    ? {
        LastRefreshTime: time((c) => c.full.at),
        NextRefreshTime: time((c) => (c.full.at > 0 ? c.full.at + 86_400_000 : c.full.at)),
      }
    : { LastIncrementalRefreshTime: time((c) => c.incremental.at) };
  const rows = () => (sim.adminService['topology.cas'] ? [] : visibleCollections(sim));
  return {
    name: kind === 'full' ? 'SMS_CollectionEvaluationFull' : 'SMS_CollectionEvaluationIncremental',
    keys: ['CollectionID'],
    lazy: [],
    properties: {
      CollectionID: text((c) => c.id),
      CollectionName: text((c) => c.name),
      Length: uint((c) => c[kind].ms),
      MemberChanges: uint((c) => c[kind].changes),
      MemberChangeTime: time((c) => c[kind].changedAt),
      ...own,
    },
    scan: rows,
    find: ([id]) => rows().find((c) => c.id === id),
  };
}
