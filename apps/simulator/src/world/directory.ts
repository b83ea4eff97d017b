import type { Clock } from '../clock.js';
import { CHANGED, ChangeLog } from './change-log.js';
import { Group, groupTraits, type GroupTraits } from './group.js';
import { GuidTable } from './guid-table.js';
import type { GuidWords } from './guid.js';
import { ByteColumn } from './growing.js';
import { SortedSet } from './sorted-set.js';
import { TextColumn } from './text-column.js';

export const KINDS = ['device', 'user', 'group', 'servicePrincipal', 'orgContact'] as const;
export type Kind = (typeof KINDS)[number];

const ALIVE = 1;
const ENABLED = 2;

export interface NewDevice {
  id?: string | GuidWords;
  deviceId: string | GuidWords;
  name?: string;
  enabled?: boolean;
}

export interface NewUser {
  id: string | GuidWords;
  upn?: string;
  name?: string;
  sid?: string;
  samAccountName?: string;
  guest?: boolean;
  enabled?: boolean;
}

interface Deleted {
  readonly deviceId: string | undefined;
  readonly upn: string | undefined;
  readonly sid: string | undefined;
  readonly memberOf: readonly Group[];
  readonly ownerOf: readonly Group[];
}

/**
 * The Entra tenant's objects. Every object is a row number that is never used again; a million of them fit in some hundred MiB because
 * ids are bytes and names of generated objects are computed.
 */
export class Directory {
  readonly ids: GuidTable;
  readonly deviceIds: GuidTable;
  readonly names = new TextColumn();
  readonly upns = new TextColumn();
  readonly sids = new TextColumn();
  readonly appIds = new Map<number, string>();
  readonly samAccountNames = new TextColumn();
  readonly guests = new Set<number>();
  readonly groups = new Map<number, Group>();
  readonly changes = new ChangeLog();
  /** When objects that were made after the start appeared; all others are old. */
  readonly createdAt = new Map<number, number>();
  /** What a deleted object was and where it belonged, for as long as it can be restored. */
  readonly #deleted = new Map<number, Deleted>();
  readonly #rows: Record<Kind, SortedSet>;
  readonly #kinds = new ByteColumn();
  readonly #flags = new ByteColumn();
  #next = 0;
  #logging = false;

  constructor(
    readonly clock: Clock,
    capacity = 64,
  ) {
    this.ids = new GuidTable(true, capacity);
    this.deviceIds = new GuidTable(true, capacity);
    this.#kinds.reserve(capacity);
    this.#flags.reserve(capacity);
    const list = () => new SortedSet();
    this.#rows = {
      device: new SortedSet(capacity),
      user: list(),
      group: list(),
      servicePrincipal: list(),
      orgContact: list(),
    };
  }

  /** From here on, what appears is new: it is logged for delta readers and has an age. */
  startLog(): void {
    this.#logging = true;
  }

  get size(): number {
    return this.#next;
  }

  kindOf(row: number): Kind {
    return KINDS[this.#kinds.get(row)]!;
  }

  alive(row: number): boolean {
    return row >= 0 && this.#flags.flag(row, ALIVE);
  }

  enabled(row: number): boolean {
    return this.#flags.flag(row, ENABLED);
  }

  /** All rows of a kind in ascending order, deleted ones too. */
  rowsOf(kind: Kind): SortedSet {
    return this.#rows[kind];
  }

  /** The living object with this object id, or -1. */
  find(id: string): number {
    const row = this.ids.find(id);
    return this.alive(row) ? row : -1;
  }

  findDevice(deviceId: string): number {
    const row = this.deviceIds.find(deviceId);
    return this.alive(row) ? row : -1;
  }

  findUser(upn: string): number {
    const row = this.upns.find(upn);
    return row !== undefined && this.alive(row) ? row : -1;
  }

  group(id: string): Group | undefined {
    const row = this.find(id);
    return row < 0 ? undefined : this.groups.get(row);
  }

  idOf(row: number): string {
    return this.ids.get(row)!;
  }

  addDevice(device: NewDevice & { id: string | GuidWords }): number {
    const row = this.#add('device', device.id, device.enabled ?? true);
    this.deviceIds.set(row, device.deviceId);
    if (device.name !== undefined) this.names.set(row, device.name);
    return row;
  }

  addUser(user: NewUser): number {
    const row = this.#add('user', user.id, user.enabled ?? true);
    if (user.name !== undefined) this.names.set(row, user.name);
    if (user.upn !== undefined) this.upns.set(row, user.upn);
    if (user.sid !== undefined) this.sids.set(row, user.sid);
    if (user.samAccountName !== undefined) this.samAccountNames.set(row, user.samAccountName);
    if (user.guest) this.guests.add(row);
    return row;
  }

  addGroup(id: string | GuidWords, traits: Partial<GroupTraits> & { displayName: string }): Group {
    const row = this.#add('group', id, true);
    const group = new Group(row, groupTraits(traits), this.#logging ? this.clock.now() : 0);
    this.groups.set(row, group);
    return group;
  }

  addOther(kind: 'servicePrincipal' | 'orgContact', id: string | GuidWords, name: string, appId?: string): number {
    const row = this.#add(kind, id, true);
    this.names.set(row, name);
    if (appId !== undefined) this.appIds.set(row, appId);
    return row;
  }

  setEnabled(row: number, enabled: boolean): void {
    this.#flags.setFlag(row, ENABLED, enabled);
    this.#log(row, CHANGED.enabled);
  }

  rename(row: number, name: string): void {
    this.names.set(row, name);
    this.#log(row, CHANGED.name);
  }

  setSid(row: number, sid: string): void {
    this.sids.set(row, sid);
    this.#log(row, CHANGED.identity);
  }

  setUpn(row: number, upn: string): void {
    this.upns.set(row, upn);
    this.#log(row, CHANGED.identity);
  }

  setDeviceId(row: number, deviceId: string): void {
    this.deviceIds.set(row, deviceId);
    this.#log(row, CHANGED.identity);
  }

  updateGroup(group: Group, traits: Partial<GroupTraits>): void {
    Object.assign(group.traits, traits);
    this.#log(group.row, traits.displayName === undefined ? CHANGED.other : CHANGED.name);
  }

  link(group: Group, object: number): boolean {
    if (!group.add(object, this.clock.now())) return false;
    if (this.#logging) this.changes.append(group.row, CHANGED.members, this.clock.now(), { object, added: true });
    return true;
  }

  unlink(group: Group, object: number): boolean {
    if (!group.remove(object, this.clock.now())) return false;
    if (this.#logging) this.changes.append(group.row, CHANGED.members, this.clock.now(), { object, added: false });
    return true;
  }

  /** Deletes an object and every link to it. Its id is not found any more, until it is restored. */
  delete(row: number): void {
    if (!this.alive(row)) return;
    const groups = [...this.groups.values()];
    this.#deleted.set(row, {
      deviceId: this.deviceIds.get(row),
      upn: this.upns.get(row),
      sid: this.sids.get(row),
      memberOf: groups.filter((group) => group.members.has(row)),
      ownerOf: groups.filter((group) => group.owners.has(row)),
    });
    this.#flags.setFlag(row, ALIVE, false);
    this.deviceIds.clear(row);
    this.upns.delete(row);
    this.sids.delete(row);
    for (const group of groups) {
      this.unlink(group, row);
      group.owners.delete(row);
    }
    this.#log(row, CHANGED.deleted);
  }

  /** A deleted object comes back as it was, with its memberships; to delta readers it looks new. False for one that is not deleted. */
  restore(row: number): boolean {
    const was = this.#deleted.get(row);
    if (!was) return false;
    this.#deleted.delete(row);
    this.#flags.setFlag(row, ALIVE, true);
    if (was.deviceId !== undefined) this.deviceIds.set(row, was.deviceId);
    if (was.upn !== undefined) this.upns.set(row, was.upn);
    if (was.sid !== undefined) this.sids.set(row, was.sid);
    for (const group of was.memberOf) this.link(group, row);
    for (const group of was.ownerOf) group.owners.add(row);
    this.#log(row, CHANGED.created);
    return true;
  }

  #add(kind: Kind, id: string | GuidWords, enabled: boolean): number {
    const row = this.#next;
    this.#next += 1;
    this.ids.set(row, id);
    this.#kinds.set(row, KINDS.indexOf(kind));
    this.#flags.set(row, ALIVE | (enabled ? ENABLED : 0));
    this.#rows[kind].add(row);
    if (this.#logging) {
      this.createdAt.set(row, this.clock.now());
      this.#log(row, CHANGED.created);
    }
    return row;
  }

  #log(row: number, what: number): void {
    if (this.#logging) this.changes.append(row, what, this.clock.now());
  }
}
