import type { Clock } from '../clock.js';
import { Random } from '../random.js';
import { emptyWorld } from './build-world.js';
import { DEVICE_COLLECTION, USER_COLLECTION, type Collection } from './collection.js';
import type { Directory } from './directory.js';
import { derivedGuid } from './guid.js';
import { DERIVED } from './populate.js';
import { FLAG } from './resource-table.js';
import { SortedSet } from './sorted-set.js';
import type { World } from './world.js';

export interface WorldSize {
  devices: number;
  users: number;
  collections: number;
  /** Groups, at least one per collection. */
  groups: number;
}

export const SIZES = {
  small: { devices: 2_000, users: 1_000, collections: 50, groups: 200 },
  typical: { devices: 50_000, users: 20_000, collections: 600, groups: 3_000 },
  large: { devices: 1_000_000, users: 200_000, collections: 5_000, groups: 6_000 },
} as const satisfies Record<string, WorldSize>;

const OTHER_TENANT = '07e40000-0000-4000-8000-000000000009';
const NONE = 0xffffffff;

const digits = (n: number) => String(n).padStart(7, '0');

/** Every 50th device is not joined, every 400th is an obsolete twin of the one before, every 1,000th is of another tenant. */
const isTwin = (i: number) => i % 400 === 399;
const isForeign = (i: number) => i % 1000 === 500;
const isUnjoined = (i: number) => i % 50 === 25;
/** Every 20th user has no Entra record, every 4th is known to the site by SID and UPN only. */
const isUnknownUser = (u: number) => u % 20 === 19;
const isSidUser = (u: number) => u % 4 === 2;

/** A world of any size in seconds: ids derived from the seed, names computed, members in 4 bytes each. */
export function seededWorld(name: string, size: WorldSize, seed: number, clock: Clock): World {
  const world = emptyWorld({ name, seed }, clock, { devices: size.devices, users: size.users });
  const deviceRows = addDevices(world, size.devices);
  const userRows = addUsers(world, size.users);
  computeNames(world, deviceRows, userRows);
  world.site.fillBuiltIns();
  addCollections(world, size.collections);
  addGroups(world, size.groups, deviceRows, userRows);
  world.directory.startLog();
  return world;
}

/** Answers each device's row in the directory, or NONE. */
function addDevices({ site, directory, seed }: World, count: number): Uint32Array {
  const rows = new Uint32Array(count).fill(NONE);
  const foreign = site.tenantNumber(OTHER_TENANT);
  for (let i = 0; i < count; i += 1) {
    const joined = !isUnjoined(i);
    const twin = isTwin(i);
    const deviceId = derivedGuid(seed, DERIVED.deviceId, twin ? i - 1 : i);
    site.systems.add({
      aadId: joined ? deviceId : undefined,
      tenant: isForeign(i) ? foreign : 1,
      flags: FLAG.client | (twin ? FLAG.obsolete : FLAG.active) | (i % 3 === 0 ? FLAG.coManaged : 0),
    });
    if (joined && !twin && !isForeign(i)) {
      rows[i] = directory.addDevice({ id: derivedGuid(seed, DERIVED.deviceObject, i), deviceId });
    }
  }
  return rows;
}

function addUsers({ site, directory, seed }: World, count: number): Uint32Array {
  const rows = new Uint32Array(count).fill(NONE);
  for (let u = 0; u < count; u += 1) {
    const id = derivedGuid(seed, DERIVED.user, u);
    const known = !isUnknownUser(u);
    site.users.add({ aadId: known && !isSidUser(u) ? id : undefined, tenant: 1, flags: FLAG.active });
    if (known) rows[u] = directory.addUser({ id });
  }
  return rows;
}

/** Names, UPNs and SIDs are functions of the row, and found by the inverse function. */
function computeNames(world: World, deviceRows: Uint32Array, userRows: Uint32Array): void {
  const { site, directory, tenantDomain } = world;
  const deviceOf = inverse(directory, deviceRows);
  const userOf = inverse(directory, userRows);
  const within = (n: number, count: number) => (n < count ? n : undefined);
  const deviceName = (i: number) => `PC${digits(i)}`;
  const parseDevice = (text: string) => within(numberIn(/^pc(\d{7})$/, text), deviceRows.length);
  const account = (u: number) => `user${digits(u)}`;
  const parseAccount = (text: string) => within(numberIn(/^user(\d{7})$/, text), userRows.length);
  const upn = (u: number) => `${account(u)}@${tenantDomain}`;
  const parseUpn = (text: string) =>
    text.endsWith(`@${tenantDomain}`) ? parseAccount(text.split('@')[0]!) : undefined;
  const sid = (u: number) => `${site.domainSid}-${1100 + u}`;
  const parseSid = (text: string) =>
    text.startsWith(`${site.domainSid.toLowerCase()}-`)
      ? within(numberIn(/-(\d+)$/, text) - 1100, userRows.length)
      : undefined;
  const userName = (u: number) => `${site.domain}\\${account(u)} (User ${u})`;
  const parseUserName = (text: string) => parseAccount(/\\(user\d{7}) /.exec(text)?.[1] ?? '');
  const only = (of: Uint32Array, f: (i: number) => string) => (row: number) => {
    const i = of[row];
    return i === undefined || i === NONE ? undefined : f(i);
  };
  const toRow = (rows: Uint32Array, parse: (text: string) => number | undefined) => (text: string) => {
    const i = parse(text);
    return i === undefined || rows[i] === NONE ? undefined : rows[i];
  };
  const generated = (count: number, f: (i: number) => string) => (i: number) => (i < count ? f(i) : undefined);
  site.systems.names.generateWith(generated(deviceRows.length, deviceName), parseDevice);
  site.users.names.generateWith(generated(userRows.length, userName), parseUserName);
  site.users.upns.generateWith(generated(userRows.length, upn), parseUpn);
  site.users.sids.generateWith(generated(userRows.length, sid), parseSid);
  site.userNames.generateWith(generated(userRows.length, account), parseAccount);
  const deviceNames = only(deviceOf, deviceName);
  const userNames = only(userOf, userName);
  directory.names.generateWith(
    (row) => deviceNames(row) ?? userNames(row),
    (text) => toRow(deviceRows, parseDevice)(text) ?? toRow(userRows, parseUserName)(text),
  );
  directory.upns.generateWith(only(userOf, upn), toRow(userRows, parseUpn));
  directory.sids.generateWith(only(userOf, sid), toRow(userRows, parseSid));
  directory.samAccountNames.generateWith(only(userOf, account), toRow(userRows, parseAccount));
}

function numberIn(pattern: RegExp, text: string): number {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found);
}

function inverse(directory: Directory, rows: Uint32Array): Uint32Array {
  const of = new Uint32Array(directory.size).fill(NONE);
  rows.forEach((row, i) => {
    if (row !== NONE) of[row] = i;
  });
  return of;
}

/** Three of four hold devices. Most are small, some hold a good part of the site, as real ones do. */
function addCollections(world: World, count: number): void {
  const random = new Random(world.seed);
  const now = world.clock.now();
  for (let n = 0; n < count; n += 1) {
    const users = n % 4 === 3;
    const table = users ? world.site.users : world.site.systems;
    const name = `${users ? 'User' : 'Device'} collection ${digits(n).slice(3)}`;
    const collection = world.site.addCollection(undefined, name, users ? USER_COLLECTION : DEVICE_COLLECTION);
    collection.members = sample(random, table.base, table.rows, share(n, table.rows));
    evaluatedAt(collection, now - random.below(86_400_000));
  }
}

function evaluatedAt(collection: Collection, at: number): void {
  collection.lastChangeTime = at;
  collection.lastRefreshTime = at;
  collection.lastMemberChangeTime = at;
  collection.full = { at, changes: collection.members.size, changedAt: at, ms: 250 };
}

/** How many members the n-th collection has: half, a tenth or a hundredth of all for some, otherwise at most 2,000. */
function share(n: number, all: number): number {
  if (n < 2) return Math.floor(all / 2);
  if (n < 10) return Math.floor(all / 10);
  if (n % 50 === 0) return Math.floor(all / 100);
  return Math.min(2_000, Math.floor(all / 20), 20 + ((n * 37) % 1_981));
}

/** `size` of `count` numbers from `base` on, ascending, spread evenly. */
function sample(random: Random, base: number, count: number, size: number): SortedSet {
  const values = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    const from = Math.floor((i * count) / size);
    const to = Math.floor(((i + 1) * count) / size);
    values[i] = base + from + random.below(Math.max(1, to - from));
  }
  return SortedSet.fromSorted(values);
}

/** One group per collection, every third of them nearly synchronised already; the others are just there to be searched. */
function addGroups(world: World, count: number, deviceRows: Uint32Array, userRows: Uint32Array): void {
  const { site, directory, seed } = world;
  const collections = site.orderedCollections().filter((collection) => !collection.builtIn);
  collections.forEach((collection, n) => {
    const group = directory.addGroup(derivedGuid(seed, DERIVED.group, n), { displayName: `Sync - ${collection.name}` });
    if (n % 3 !== 1) return;
    const [rows, base] =
      collection.type === DEVICE_COLLECTION ? [deviceRows, site.systems.base] : [userRows, site.users.base];
    const members: number[] = [];
    for (const resource of collection.members) {
      const row = rows[resource - base]!;
      if (row !== NONE && resource % 20 !== 0) members.push(row);
    }
    group.members.addAll(members);
  });
  for (let n = collections.length; n < count; n += 1) {
    directory.addGroup(derivedGuid(seed, DERIVED.group, n), { displayName: `Team ${digits(n).slice(3)}` });
  }
}
