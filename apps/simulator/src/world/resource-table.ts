import { GuidTable } from './guid-table.js';
import type { GuidWords } from './guid.js';
import { ByteColumn } from './growing.js';
import { TextColumn } from './text-column.js';

export const FLAG = { present: 1, client: 2, active: 4, obsolete: 8, decommissioned: 16, coManaged: 32 } as const;

/** Resources of one kind (systems, users, user groups or unknown systems) by ResourceID, which is `base` plus the row. */
export class ResourceTable {
  readonly names = new TextColumn();
  /** The Entra id that the site knows: deviceId of a device, object id of a user or user group. */
  readonly aadIds: GuidTable;
  readonly flags = new ByteColumn();
  /** 0: no tenant; n: `tenants[n]` of the site. */
  readonly tenants = new ByteColumn();
  readonly upns = new TextColumn();
  readonly sids = new TextColumn();
  readonly created = new Map<number, number>();
  #rows = 0;

  constructor(
    readonly type: number,
    readonly base: number,
    capacity = 64,
  ) {
    this.aadIds = new GuidTable(false, capacity);
    this.flags.reserve(capacity);
    this.tenants.reserve(capacity);
  }

  get rows(): number {
    return this.#rows;
  }

  add(resource: { aadId?: string | GuidWords; tenant?: number; flags?: number; name?: string }): number {
    const row = this.#rows;
    this.#rows += 1;
    this.flags.set(row, (resource.flags ?? 0) | FLAG.present);
    if (resource.name !== undefined) this.names.set(row, resource.name);
    this.identify(row, resource.aadId, resource.tenant ?? 0);
    return this.base + row;
  }

  identify(row: number, aadId: string | GuidWords | undefined, tenant: number): void {
    if (aadId === undefined) this.aadIds.clear(row);
    else this.aadIds.set(row, aadId);
    this.tenants.set(row, aadId === undefined ? 0 : tenant);
  }

  has(resourceId: number): boolean {
    const row = resourceId - this.base;
    return Number.isInteger(row) && row >= 0 && row < this.#rows && this.flags.flag(row, FLAG.present);
  }

  remove(resourceId: number): void {
    this.flags.setFlag(resourceId - this.base, FLAG.present, false);
  }

  flagsOf(resourceId: number): number {
    return this.flags.get(resourceId - this.base);
  }

  /** The ResourceID of a name, or undefined. */
  find(name: string): number | undefined {
    const row = this.names.find(name);
    return row !== undefined && this.has(this.base + row) ? this.base + row : undefined;
  }

  /** ResourceIDs greater than `after`, ascending. */
  *after(after: number): Generator<number> {
    for (let row = Math.max(0, after - this.base + 1); row < this.#rows; row += 1) {
      if (this.flags.flag(row, FLAG.present)) yield this.base + row;
    }
  }
}
