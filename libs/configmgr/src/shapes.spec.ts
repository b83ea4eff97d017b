import { describe, expect, it } from 'vitest';
import { dateField, numberField, quoted } from './fields.js';
import { isCollectionId, siteCollection, siteMember, siteResource } from './shapes.js';

const DEVICE = '6F1C0000-0000-4000-8000-000000000001';

describe('rows of a site', () => {
  it('are read whatever the case of their property names', () => {
    expect(siteMember({ resourceid: 7, RESOURCETYPE: 5, name: 'PC7' })).toEqual({
      resource: 7,
      kind: 'device',
      name: 'PC7',
    });
    expect(siteResource('device', { ResourceId: 7, Name: 'PC7', AADDeviceID: `{${DEVICE}}` })).toMatchObject({
      identity: { deviceId: DEVICE.toLowerCase() },
    });
  });

  it.each([{}, { AADDeviceID: null }, { AADDeviceID: '' }, { AADDeviceID: '00000000-0000-0000-0000-000000000000' }])(
    'have no identity when the site writes %j',
    (absent) => {
      expect(siteResource('device', { ResourceID: 7, Name: 'PC7', ...absent })?.identity.deviceId).toBeUndefined();
    },
  );

  it('know dates that stand for never', () => {
    for (const never of ['1970-01-01T00:00:00Z', '1980-01-01T06:00:00Z', '1980-01-01T12:00:00Z', '', null, 'soon'])
      expect(dateField({ At: never }, 'At')).toBeNull();
    expect(dateField({ At: '2025-03-01T09:05:00Z' }, 'At')?.toISOString()).toBe('2025-03-01T09:05:00.000Z');
  });

  it('carry numbers as numbers or text, and nothing else', () => {
    expect([7, '7', 7.5, 'seven', null].map((N) => numberField({ N }, 'N'))).toEqual([
      7,
      7,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('tell groups and unknown systems from devices and users', () => {
    expect([5, 4, 3, 2, 6].map((ResourceType) => siteMember({ ResourceID: 1, ResourceType })?.kind)).toEqual([
      'device',
      'user',
      'group',
      'unknown',
      'unknown',
    ]);
  });

  it('are no collection without an id or a known type', () => {
    expect(siteCollection({ Name: 'x', CollectionType: 2 })).toBeUndefined();
    expect(siteCollection({ CollectionID: 'ABC00014', CollectionType: 9 })).toBeUndefined();
    expect(siteCollection({ CollectionID: 'ABC00014' })).toBeUndefined();
    expect(siteCollection({ CollectionID: 'ABC-0014', CollectionType: 2 })).toBeUndefined();
    expect(siteCollection({ CollectionID: 'smsother', CollectionType: '0' })).toMatchObject({
      id: 'SMSOTHER',
      type: 'other',
    });
    expect(siteCollection({ CollectionID: 'ABC00014', CollectionType: 2, MemberCount: null })?.count).toBeNull();
  });

  it('quote what a filter names', () => {
    expect(quoted("O'Neil")).toBe("'O''Neil'");
  });
});

it.each(['ABC00014', 'SMS00001', 'SMS000KM', 'SMS000PS', 'SMS000US', 'SMSDM001', 'SMSDM003', 'SMSOTHER'])(
  '%s is an id of a collection',
  (id) => expect(isCollectionId(id)).toBe(true),
);

it.each(['', 'ABC0001', 'ABC000145', 'abc00014', 'ABC-0014', 'ABC0001 '])('%j is none', (id) => {
  expect(isCollectionId(id)).toBe(false);
});
