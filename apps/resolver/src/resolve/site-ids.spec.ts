import { expect, it } from 'vitest';
import type { Found } from '../store/objects.js';
import type { SiteIds } from '../store/directories.js';
import { learnSiteIds } from './site-ids.js';

const nothing: SiteIds = { devices: null, users: null };
const found = (by: Found['by'], key: string, object: string): Found => ({
  by,
  key,
  object,
  sid: null,
  upn: null,
  enabled: true,
  deleted: false,
  appearedAt: null,
});
const asDevice = (n: number) => found('device', `device ${n}`, `object ${n}`);
const asObject = (n: number) => found('device', `object ${n}`, `object ${n}`);
const users = (n: number) => ({ userIds: Array.from({ length: n }, (_, at) => `user ${at}`) });
const asUsers = (n: number) => users(n).userIds.map((id) => found('user', id, id));
const learn = (known: SiteIds, asked: ReturnType<typeof users>, rows: Found[], userReady = true) =>
  learnSiteIds(known, asked, { found: rows, userReady });

it('knows nothing before something is found', () => {
  expect(learn(nothing, users(0), [])).toEqual(nothing);
});

it.each([
  { name: 'by device id', rows: [asDevice(1)], devices: 'deviceId' },
  { name: 'by object id', rows: [asObject(1), asObject(2)], devices: 'objectId' },
  { name: 'both ways, most by device id', rows: [asDevice(1), asDevice(2), asObject(3)], devices: 'deviceId' },
])('devices found $name', ({ rows, devices }) => {
  expect(learn(nothing, users(0), rows).devices).toBe(devices);
});

it('keeps what it knows where nothing is found', () => {
  const known: SiteIds = { devices: 'objectId', users: 'objectId' };
  expect(learn(known, users(100), [])).toEqual(known);
});

it('doubts the ids of users when several are asked for and none is found, until several are', () => {
  expect(learn(nothing, users(4), []).users).toBeNull();
  const doubted = learn(nothing, users(5), [found('sid', 'S-1', 'object 1')]);
  expect(doubted.users).toBe('unknown');
  expect(learn(doubted, users(9), asUsers(4)).users).toBe('unknown');
  expect(learn(doubted, users(9), asUsers(5)).users).toBe('objectId');
  expect(learn(nothing, users(9), asUsers(1)).users).toBe('objectId');
});

it('concludes nothing from what a mirror lacks that is still being read', () => {
  expect(learn(nothing, users(100), [], false).users).toBeNull();
});
