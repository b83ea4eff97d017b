import type { Simulation } from '../simulation.js';
import type { Collection } from '../world/collection.js';
import { visibleCollections, visibleCollection } from './visibility.js';
import { siteDate } from './shapes.js';
import { bool, binary, date, sint, text, uint, type Property, type WmiClass } from './wmi-class.js';

export function collectionClass(sim: Simulation): WmiClass<Collection> {
  const time = (read: (c: Collection) => number) => date<Collection>((c) => siteDate(sim, read(c)));
  const shownCount = (c: Collection) => c.members.size + (sim.adminService['data.staleCount'][c.id] ?? 0);
  const properties: Record<string, Property<Collection>> = {
    CloudSyncCount: sint((c) => (sim.adminService['shape.cloudSyncCount'] ? c.cloudSyncCount : undefined)),
    CollectionID: text((c) => c.id),
    CollectionRules: text((c) => [...c.direct].map((resource) => directRule(sim, c, resource))),
    CollectionType: sint((c) => c.type),
    CollectionVariablesCount: sint(() => 0),
    Comment: text((c) => c.comment),
    CurrentStatus: sint((c) => c.shownStatus ?? (c.pending.length > 0 ? 5 : sim.adminService['eval.status'])),
    FullEvaluationLastRefreshTime: time((c) => c.full.at),
    FullEvaluationMemberChanges: sint((c) => c.full.changes),
    FullEvaluationMemberChangeTime: time((c) => c.full.changedAt),
    FullEvaluationNextRefreshTime: time((c) => (c.full.at > 0 ? c.full.at + 86_400_000 : c.full.at)),
    FullEvaluationRunTime: sint((c) => c.full.ms),
    HasProvisionedMember: bool((c) => c.members.size > 0),
    IncludeExcludeCollectionsCount: sint(() => 0),
    IncrementalEvaluationLastRefreshTime: time((c) => c.incremental.at),
    IncrementalEvaluationMemberChanges: sint((c) => c.incremental.changes),
    IncrementalEvaluationMemberChangeTime: time((c) => c.incremental.changedAt),
    IncrementalEvaluationRunTime: sint((c) => c.incremental.ms),
    ISVData: binary(() => null),
    ISVDataSize: sint(() => 0),
    ISVString: text(() => null),
    IsBuiltIn: bool((c) => c.builtIn),
    IsReferenceCollection: bool(() => false),
    LastChangeTime: time((c) => c.lastChangeTime),
    LastMemberChangeTime: time((c) => c.lastMemberChangeTime),
    LastRefreshTime: time((c) => c.lastRefreshTime),
    LimitToCollectionID: text((c) => (c.builtIn ? null : c.limitTo.id)),
    LimitToCollectionName: text((c) => (c.builtIn ? null : c.limitTo.name)),
    LocalMemberCount: sint((c) => (sim.adminService['topology.cas'] ? 0 : shownCount(c))),
    MemberClassName: text((c) => `SMS_CM_RES_COLL_${c.id}`),
    MemberCount: sint(shownCount),
    MonitoringFlags: sint(() => 0),
    Name: text((c) => c.name),
    ObjectPath: text(() => '/'),
    OwnedByThisSite: bool(() => true),
    PowerConfigsCount: sint(() => 0),
    RefreshSchedule: text(() => []),
    RefreshType: uint(() => 6),
    ReplicateToSubSites: bool(() => true),
    ServicePartners: sint(() => 0),
    ServiceWindowsCount: sint(() => 0),
    UseCluster: bool(() => false),
  };
  return {
    name: 'SMS_Collection',
    keys: ['CollectionID'],
    lazy: ['CollectionRules', 'ISVData', 'ISVDataSize', 'RefreshSchedule'],
    properties,
    scan: (filter) => visibleCollections(sim, filter),
    find: ([id]) => visibleCollection(sim, String(id)),
  };
}

function directRule(sim: Simulation, collection: Collection, resource: number): object {
  const table = sim.world.site.tableOf(resource);
  return {
    '@odata.type': '#AdminService.SMS_CollectionRuleDirect',
    ResourceClassName: collection.type === 2 ? 'SMS_R_System' : 'SMS_R_User',
    ResourceID: resource,
    RuleName: table?.names.get(resource - table.base) ?? '',
  };
}
