import { REASONS, type DisabledObjects, type Identity, type Member } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found } from '../store/objects.js';
import { Findings, judgeMember } from './judge-member.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000';
const OTHER = 'bbbbbbbb-0000-4000-8000-000000000000';
const DEVICE = '22222222-0000-4000-8000-000000000002';
const USER = '33333333-0000-4000-8000-000000000003';

const member = (kind: Member['kind'], identity: Identity): Member => ({ resource: 1, kind, name: 'x', identity });
const found = (by: Found['by'], key: string, object: string, state: Partial<Found> = {}): Found => ({
  by,
  key,
  object,
  sid: null,
  upn: null,
  enabled: true,
  deleted: false,
  appearedAt: null,
  ...state,
});
const asTarget = (disabledObjects: DisabledObjects = 'remove') => ({ tenant: TENANT, disabledObjects });
const judge = (one: Member, ...mirror: Found[]) => {
  const { object, reason } = judgeMember(one, asTarget(), new Findings(mirror));
  return object ?? reason;
};

describe('a device', () => {
  const device = member('device', { deviceId: DEVICE });
  const as = (object: string, state?: Partial<Found>) => found('device', DEVICE, object, state);

  it('is the object that carries its device id', () => {
    expect(judge(device, as('o1'))).toBe('o1');
    expect(judge(member('device', { deviceId: DEVICE, tenantId: TENANT }), as('o1'))).toBe('o1');
  });

  it('has its own reason for each way of having no object', () => {
    expect(judge(device)).toBe('NoEntraRecord');
    expect(judge(member('device', {}))).toBe('NoIdentity');
    expect(judge(member('device', { tenantId: TENANT }))).toBe('NoIdentity');
    expect(judge(member('device', { deviceId: DEVICE, tenantId: OTHER }), as('o1'))).toBe('OtherTenant');
    expect(judge(device, as('o1', { enabled: false }))).toBe('ObjectDisabled');
    expect(judge(device, as('o1', { deleted: true }))).toBe('ObjectDeleted');
    expect(judge(device, as('o1'), as('o2'))).toBe('AmbiguousMatch');
  });

  it('is not confused by stale objects beside the one in use', () => {
    expect(judge(device, as('old', { deleted: true }), as('stale', { enabled: false }), as('o1'))).toBe('o1');
    expect(judge(device, as('old', { deleted: true }), as('stale', { enabled: false }))).toBe('ObjectDisabled');
  });
});

describe('a user', () => {
  const [SID, UPN] = ['S-1-5-21-1', 'ann@contoso.com'];
  const user = member('user', { userId: USER, sid: 's-1-5-21-1', upn: 'Ann@contoso.com' });
  const hybrid = member('user', { sid: SID, upn: UPN });
  const byName = member('user', { upn: UPN });
  const ann = { sid: SID, upn: UPN };
  const byId = found('user', USER, USER, ann);
  const bySid = found('sid', SID, 'o1', ann);
  const byUpn = found('upn', UPN, 'o1', ann);

  it('is the object that carries the strongest identity that the site knows', () => {
    expect(judge(user, byId)).toBe(USER);
    expect(judge(hybrid, bySid, byUpn)).toBe('o1');
    expect(judge(byName, byUpn)).toBe('o1');
    expect(judge(user)).toBe('NoEntraRecord');
    expect(judge(member('user', {}))).toBe('NoIdentity');
    expect(judge(member('user', { sid: '  ', upn: '' }))).toBe('NoIdentity');
  });

  it('who left is not the person who has her user principal name now', () => {
    const newcomer = found('upn', UPN, 'newcomer', { sid: 'S-1-5-21-2', upn: UPN });
    expect(judge(user, { ...byId, deleted: true }, newcomer)).toBe('ObjectDeleted');
    expect(judge(user, newcomer)).toBe('IdentityConflict');
    expect(judge(hybrid, { ...bySid, deleted: true }, newcomer)).toBe('ObjectDeleted');
    expect(judge(hybrid, newcomer)).toBe('IdentityConflict');
    expect(judge(byName, { ...byUpn, deleted: true }, newcomer)).toBe('AmbiguousMatch');
    expect(judge(byName, { ...byUpn, deleted: true })).toBe('ObjectDeleted');
  });

  it('whose SID Entra does not know is nobody with the same name, with or without a SID', () => {
    expect(judge(hybrid, found('upn', UPN, 'cloud', { upn: UPN }))).toBe('IdentityConflict');
    expect(judge(hybrid, found('upn', UPN, 'cloud', { upn: UPN, enabled: false }))).toBe('IdentityConflict');
  });

  it('whose object carries another SID, or whose SID is that of another object, is a conflict', () => {
    expect(judge(user, { ...byId, sid: 'S-1-5-21-2' })).toBe('IdentityConflict');
    expect(judge(user, { ...byId, sid: null }, { ...bySid, object: 'else' })).toBe('IdentityConflict');
    expect(judge(user, { ...byId, sid: null }, { ...bySid, object: 'else', deleted: true })).toBe('IdentityConflict');
    expect(judge(user, { ...byId, sid: null })).toBe(USER);
  });

  it('is found by SID, and by no name, where the ids of the site are no object ids', () => {
    const judged = (one: Member, ...mirror: Found[]) => {
      const { object, reason } = judgeMember(
        one,
        asTarget(),
        new Findings(mirror, { devices: null, users: 'unknown' }),
      );
      return object ?? reason;
    };
    expect(judge(user, bySid, byUpn)).toBe('IdentityConflict');
    expect(judged(user, bySid, byUpn)).toBe('o1');
    expect(judged(user, byId, bySid)).toBe(judge(user, byId, bySid));
    expect(judged(user, byUpn)).toBe('IdentityConflict');
    expect(judged(member('user', { userId: USER, upn: UPN }), byUpn)).toBe('IdentityConflict');
    expect(judged(user)).toBe('NoEntraRecord');
  });

  it('who was renamed is still the same, whoever has the old name', () => {
    const other = found('upn', UPN, 'else', { upn: UPN });
    expect(judge(user, { ...byId, upn: 'ann.smith@contoso.com' }, other)).toBe(USER);
    expect(judge(hybrid, { ...bySid, upn: 'ann.smith@contoso.com' }, other)).toBe('o1');
  });

  it('is no disabled and no ambiguous object', () => {
    expect(judge(user, { ...byId, enabled: false }, bySid)).toBe('ObjectDisabled');
    expect(judge(hybrid, bySid, { ...bySid, object: 'twin' }, byUpn)).toBe('AmbiguousMatch');
  });

  it('synchronised anew under the same SID is the new object', () => {
    expect(judge(hybrid, { ...bySid, object: 'old', deleted: true }, bySid)).toBe('o1');
  });
});

describe('whatever the directory holds', () => {
  const value = fc.constantFrom('1', '2', null);
  const objects = fc.uniqueArray(
    fc.record({
      object: fc.constantFrom('A', 'B', 'C'),
      sid: value,
      upn: value,
      enabled: fc.boolean(),
      deleted: fc.boolean(),
    }),
    { selector: ({ object }) => object },
  );
  const known = fc.record(
    {
      userId: fc.constantFrom('A', 'B', 'C', 'D'),
      sid: fc.constantFrom('1', '2', '3'),
      upn: fc.constantFrom('1', '3'),
    },
    { requiredKeys: [] },
  );

  const siteIds = fc.record({ devices: fc.constant(null), users: fc.constantFrom(null, 'objectId', 'unknown') });

  it('the member is an enabled object that carries the strongest identity, or there is a reason', () => {
    fc.assert(
      fc.property(objects, known, siteIds, (directory, identity, ids) => {
        const foundIn = directory.flatMap((one) => [
          { ...one, by: 'user' as const, key: one.object, appearedAt: null },
          ...(one.sid === null ? [] : [{ ...one, by: 'sid' as const, key: one.sid, appearedAt: null }]),
          ...(one.upn === null ? [] : [{ ...one, by: 'upn' as const, key: one.upn, appearedAt: null }]),
        ]);
        const verdict = judgeMember(member('user', identity), asTarget(), new Findings(foundIn, ids));
        const isId = ids.users !== 'unknown' || directory.some(({ object }) => object === identity.userId);
        const carries = (one: (typeof directory)[number]): boolean => {
          if (identity.userId !== undefined && (isId || identity.sid === undefined))
            return one.object === identity.userId;
          return identity.sid !== undefined ? one.sid === identity.sid : one.upn === identity.upn;
        };
        const inUse = directory.filter((one) => carries(one) && one.enabled && !one.deleted);
        if (verdict.object === null) {
          expect(REASONS).toHaveProperty(verdict.reason);
        } else {
          expect(inUse.map(({ object }) => object)).toEqual([verdict.object]);
          const sids = [identity.sid ?? null, inUse[0]?.sid ?? null].filter((sid) => sid !== null);
          expect(new Set(sids).size).toBeLessThan(2);
        }
      }),
    );
  });
});

describe('a disabled object', () => {
  const device = member('device', { deviceId: DEVICE });
  const user = member('user', { userId: USER, sid: 'S-1-5-21-1' });
  const stale = { enabled: false };
  const under = (policy: DisabledObjects, one: Member, ...mirror: Found[]) => {
    const { object, reason } = judgeMember(one, asTarget(policy), new Findings(mirror));
    return object ?? reason;
  };

  it.each([
    ['keep', 'o1', USER],
    ['remove', 'ObjectDisabled', 'ObjectDisabled'],
  ] as const)('is a member or not, as the mapping says: %s', (policy, ofDevice, ofUser) => {
    expect(under(policy, device, found('device', DEVICE, 'o1', stale))).toBe(ofDevice);
    expect(under(policy, user, found('user', USER, USER, stale))).toBe(ofUser);
    expect(under(policy, user, found('user', USER, USER, { ...stale, sid: 'S-1-5-21-9' }))).toBe('IdentityConflict');
    expect(under(policy, device, found('device', DEVICE, 'old', stale), found('device', DEVICE, 'o1'))).toBe('o1');
  });
});

describe('an ambiguous match', () => {
  it('names whom it may mean, but no deleted object', () => {
    const [one, other] = [found('device', DEVICE, 'o1'), found('device', DEVICE, 'o2', { enabled: true })];
    const device = member('device', { deviceId: DEVICE });
    const judged = judgeMember(
      device,
      asTarget(),
      new Findings([one, found('device', DEVICE, 'o3', { deleted: true }), other]),
    );
    expect(judged).toEqual({ object: null, reason: 'AmbiguousMatch', candidates: ['o1', 'o2'] });
    const upn = 'ann@contoso.com';
    const passedOn = [found('upn', upn, 'gone', { deleted: true, upn }), found('upn', upn, 'heir', { upn })];
    expect(judgeMember(member('user', { upn }), asTarget(), new Findings(passedOn))).toEqual({
      object: null,
      reason: 'AmbiguousMatch',
      candidates: ['heir'],
    });
  });
});

it.each(['group', 'unknown'] as const)('a %s is not supported', (kind) => {
  expect(judge(member(kind, { userId: USER }), found('user', USER, USER))).toBe('UnsupportedResourceType');
});
