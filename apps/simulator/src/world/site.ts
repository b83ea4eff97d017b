import { BUILT_IN_COLLECTIONS } from './built-in-collections.js';
import { Collection } from './collection.js';
import { ResourceTable } from './resource-table.js';
import { TYPE } from './resource-type.js';
import { SortedSet } from './sorted-set.js';
import { TextColumn } from './text-column.js';

export interface CloudMapping {
  groupId: string;
  groupName: string;
  cloudServiceId: number;
  collectionId: string;
}

/** The Configuration Manager site: its resources, its collections, and the product's own cloud-sync relations. */
export class Site {
  readonly systems: ResourceTable;
  readonly users: ResourceTable;
  readonly userGroups = new ResourceTable(TYPE.userGroup, 2080374784);
  readonly unknownSystems = new ResourceTable(TYPE.unknown, 2046820352);
  readonly collections = new Map<string, Collection>();
  /** Account names of users (`ann` in `CONTOSO\\ann`) by row. */
  readonly userNames = new TextColumn();
  /** Entra tenant ids by the number that resources carry; 0 is none, 1 our own. */
  readonly tenants: string[];
  readonly mappings: CloudMapping[] = [];
  #nextCollection = 0x14;

  constructor(
    readonly code: string,
    readonly server: string,
    readonly domain: string,
    readonly domainSid: string,
    tenantId: string,
    readonly seed: number,
    capacity: { devices: number; users: number } = { devices: 64, users: 64 },
  ) {
    this.systems = new ResourceTable(TYPE.system, 16777219, capacity.devices);
    this.users = new ResourceTable(TYPE.user, 2063597570, capacity.users);
    this.tenants = ['', tenantId];
    for (const { id, name, type } of BUILT_IN_COLLECTIONS) this.addCollection(id, name, type).builtIn = true;
  }

  tables(): ResourceTable[] {
    return [this.systems, this.unknownSystems, this.users, this.userGroups];
  }

  /** The table that holds a ResourceID, or undefined if there is no such resource. */
  tableOf(resourceId: number): ResourceTable | undefined {
    return this.tables().find((table) => table.has(resourceId));
  }

  tenantNumber(tenantId: string): number {
    const at = this.tenants.indexOf(tenantId);
    return at > 0 ? at : this.tenants.push(tenantId) - 1;
  }

  /** A collection by id; ids are compared as they are, like the real key. */
  collection(id: string): Collection | undefined {
    return this.collections.get(id);
  }

  addCollection(id: string | undefined, name: string, type: number): Collection {
    const collection = new Collection(id ?? this.#newCollectionId(), name, type);
    if (this.collections.has(collection.id)) throw new Error(`Collection ${collection.id} exists already.`);
    this.collections.set(collection.id, collection);
    return collection;
  }

  /** Collections in the order of their ids. */
  orderedCollections(): Collection[] {
    return [...this.collections.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Puts every resource into the built-in collections; done once a world is built. */
  fillBuiltIns(): void {
    for (const { id, holds } of BUILT_IN_COLLECTIONS) {
      const all = this.tables().flatMap((table) =>
        [...table.after(0)].filter((resource) => holds(table.type, table.flagsOf(resource))),
      );
      this.collections.get(id)!.members = SortedSet.fromSorted(Uint32Array.from(all).sort());
    }
  }

  #newCollectionId(): string {
    for (;;) {
      const id = `${this.code}${this.#nextCollection.toString(16).toUpperCase().padStart(5, '0')}`;
      this.#nextCollection += 1;
      if (!this.collections.has(id)) return id;
    }
  }
}
