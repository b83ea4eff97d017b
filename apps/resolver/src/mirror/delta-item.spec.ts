import { describe, expect, it } from 'vitest';
import { changesOf, type DeltaItem } from './delta-item.js';

const ID = '11111111-0000-4000-8000-000000000001';
const DEVICE = '22222222-0000-4000-8000-000000000002';

describe('changesOf', () => {
  it('tells what is left out from what has no value', () => {
    const [told] = changesOf('device', [{ id: ID.toUpperCase(), deviceId: `{${DEVICE}}`, trustType: null }]);
    expect(told).toMatchObject({
      object_id: ID,
      device_id: DEVICE,
      has_device_id: true,
      has_enabled: false,
      has_trust: true,
      trust: null,
      removed: false,
    });
  });

  it.each([
    [true, true],
    [false, false],
    [null, true],
  ])('accountEnabled %s is enabled %s', (accountEnabled, enabled) => {
    expect(changesOf('device', [{ id: ID, accountEnabled }])[0]?.enabled).toBe(enabled);
  });

  it.each([null, '', '00000000-0000-0000-0000-000000000000', 'nonsense'])('deviceId %j is none', (deviceId) => {
    expect(changesOf('device', [{ id: ID, deviceId }])[0]).toMatchObject({ has_device_id: true, device_id: null });
  });

  it('leaves out what names no object, and reads a number as the text that it stands for', () => {
    const rows = JSON.parse(
      `[null, 5, {"deviceId": "${DEVICE}"}, {"id": 7}, {"id": "${ID}", "userPrincipalName": 12, "onPremisesSecurityIdentifier": {}}]`,
    ) as DeltaItem[];
    expect(changesOf('user', rows)).toMatchObject([
      { object_id: ID, upn: '12', has_upn: true, sid: null, has_sid: true },
    ]);
  });

  it('makes one change of several tellings, the last one counts', () => {
    const twice = changesOf('device', [
      { id: ID, deviceId: DEVICE, accountEnabled: true },
      { id: ID, accountEnabled: false },
    ]);
    expect(twice).toHaveLength(1);
    expect(twice[0]).toMatchObject({ device_id: DEVICE, enabled: false });
    const removed = changesOf('device', [
      { id: ID, deviceId: DEVICE },
      { id: ID, '@removed': { reason: 'deleted' } },
    ]);
    expect(removed[0]).toMatchObject({ removed: true, has_device_id: false });
    const back = changesOf('device', [
      { id: ID, '@removed': { reason: 'changed' } },
      { id: ID, deviceId: DEVICE },
    ]);
    expect(back[0]).toMatchObject({ removed: false, device_id: DEVICE });
  });

  it('compares SIDs in upper and UPNs in lower case', () => {
    const [user] = changesOf('user', [
      { id: ID, onPremisesSecurityIdentifier: 's-1-5-21-7', userPrincipalName: ' Ann@Contoso.COM' },
    ]);
    expect(user).toMatchObject({ sid: 'S-1-5-21-7', upn: 'ann@contoso.com', has_device_id: false });
  });

  it('leaves out what has no id', () => {
    expect(changesOf('device', [{}, { id: 'nonsense' }])).toEqual([]);
  });
});
