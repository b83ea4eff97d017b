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

it('knows nothing before something is found', () => {
  expect(learnSiteIds(nothing, users(0), [])).toEqual(nothing);
});

it.each([
  { name: 'by device id', rows: [asDevice(1)], devices: 'deviceId' },
  { name: 'by object id', rows: [asObject(1), asObject(2)], devices: 'objectId' },
  { name: 'both ways, most by device id', rows: [asDevice(1), asDevice(2), asObject(3)], devices: 'deviceId' },
])('devices found $name', ({ rows, devices }) => {
  expect(learnSiteIds(nothing, users(0), rows).devices).toBe(devices);
});

it('keeps what it knows where nothing is found', () => {
  const known: SiteIds = { devices: 'objectId', users: 'objectId' };
  expect(learnSiteIds(known, users(100), [])).toEqual(known);
});

it('doubts the ids of users when several are asked for and none is found, until one is', () => {
  expect(learnSiteIds(nothing, users(4), []).users).toBeNull();
  const doubted = learnSiteIds(nothing, users(5), [found('sid', 'S-1', 'object 1')]);
  expect(doubted.users).toBe('unknown');
  expect(learnSiteIds(doubted, users(1), [found('user', 'user 0', 'user 0')]).users).toBe('objectId');
});
