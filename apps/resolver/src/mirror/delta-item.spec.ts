import { describe, expect, it } from 'vitest';
import { objectsOf, type DeltaItem } from './delta-item.js';

const ID = '11111111-0000-4000-8000-000000000001';
const DEVICE = '22222222-0000-4000-8000-000000000002';

const listedOf = (...parts: Parameters<typeof objectsOf>) => objectsOf(...parts).objects;

describe('objectsOf', () => {
  it('keeps what is left out apart from what has no value', () => {
    const [listed] = listedOf('device', [{ id: ID.toUpperCase(), deviceId: `{${DEVICE}}`, trustType: null }]);
    expect(listed).toEqual({ id: ID, removed: false, deviceId: DEVICE, trust: null });
  });

  it.each([
    [true, true],
    [false, false],
    [null, true],
  ])('accountEnabled %s is enabled %s', (accountEnabled, enabled) => {
    expect(listedOf('device', [{ id: ID, accountEnabled }])[0]?.enabled).toBe(enabled);
  });

  it.each([null, '', '00000000-0000-0000-0000-000000000000'])('deviceId %j is none', (deviceId) => {
    expect(listedOf('device', [{ id: ID, deviceId }])[0]).toMatchObject({ deviceId: null });
  });

  it('leaves out and counts what names no object or has a key that is none, and reads a number as the text that it stands for', () => {
    const rows = JSON.parse(
      `[null, 5, {"deviceId": "${DEVICE}"}, {"id": 7}, {"id": "${DEVICE}", "onPremisesSecurityIdentifier": {}}, {"id": "${ID}", "userPrincipalName": 12}]`,
    ) as DeltaItem[];
    expect(objectsOf('user', rows)).toEqual({ objects: [{ id: ID, removed: false, upn: '12' }], leftOut: 5 });
  });

  it('lists an object once, the last mention of a property counts', () => {
    const twice = listedOf('device', [
      { id: ID, deviceId: DEVICE, accountEnabled: true },
      { id: ID, accountEnabled: false },
    ]);
    expect(twice).toEqual([{ id: ID, removed: false, deviceId: DEVICE, enabled: false }]);
    const removed = listedOf('device', [
      { id: ID, deviceId: DEVICE },
      { id: ID, '@removed': { reason: 'deleted' } },
    ]);
    expect(removed).toEqual([{ id: ID, removed: true }]);
    const back = listedOf('device', [
      { id: ID, '@removed': { reason: 'changed' } },
      { id: ID, deviceId: DEVICE },
    ]);
    expect(back).toEqual([{ id: ID, removed: false, deviceId: DEVICE }]);
  });

  it('compares SIDs in upper and UPNs in lower case; a blank one is none', () => {
    const [user, blank] = listedOf('user', [
      { id: ID, onPremisesSecurityIdentifier: 's-1-5-21-7', userPrincipalName: ' Ann@Contoso.COM' },
      { id: DEVICE, onPremisesSecurityIdentifier: ' ', userPrincipalName: '' },
    ]);
    expect(user).toEqual({ id: ID, removed: false, sid: 'S-1-5-21-7', upn: 'ann@contoso.com' });
    expect(blank).toMatchObject({ sid: null, upn: null });
  });

  it.each([{}, { id: 'nonsense' }, { id: ID, deviceId: 'nonsense' }])('leaves out and counts %j', (row) => {
    expect(objectsOf('device', [row])).toEqual({ objects: [], leftOut: 1 });
  });
});
