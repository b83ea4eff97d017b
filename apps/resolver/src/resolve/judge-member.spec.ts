import type { Identity, Member } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import type { Found } from '../sql/look-up.js';
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
  enabled: true,
  deleted: false,
  appearedAt: null,
  ...state,
});
const judge = (one: Member, ...mirror: Found[]) => {
  const { object, reason } = judgeMember(one, TENANT, new Findings(mirror));
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
  const user = member('user', { userId: USER, sid: 's-1-5-21-1', upn: 'Ann@contoso.com' });
  const byId = found('user', USER, USER);
  const bySid = found('sid', 'S-1-5-21-1', 'by-sid');
  const byUpn = found('upn', 'ann@contoso.com', 'by-upn');

  it('is found by object id, else SID, else UPN', () => {
    expect(judge(user, byId, bySid, byUpn)).toBe(USER);
    expect(judge(user, bySid, byUpn)).toBe('by-sid');
    expect(judge(user, byUpn)).toBe('by-upn');
    expect(judge(user)).toBe('NoEntraRecord');
    expect(judge(member('user', {}))).toBe('NoIdentity');
  });

  it('stops at the first way that knows the object, even a disabled or an ambiguous one', () => {
    expect(judge(user, { ...byId, enabled: false }, bySid)).toBe('ObjectDisabled');
    expect(judge(user, bySid, { ...bySid, object: 'twin' }, byUpn)).toBe('AmbiguousMatch');
  });

  it('who was deleted and made anew is the new one; who was only deleted says so', () => {
    expect(judge(user, { ...byId, deleted: true }, byUpn)).toBe('by-upn');
    expect(judge(user, { ...byId, deleted: true })).toBe('ObjectDeleted');
  });
});

it.each(['group', 'unknown'] as const)('a %s is not supported', (kind) => {
  expect(judge(member(kind, { userId: USER }), found('user', USER, USER))).toBe('UnsupportedResourceType');
});
