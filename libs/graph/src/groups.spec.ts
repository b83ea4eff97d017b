import { describe, expect, it } from 'vitest';
import { judgeGroup, type Group } from './groups.js';

const security: Group = {
  id: '9b2e0000-0000-4000-8000-000000000001',
  displayName: 'Group',
  description: null,
  groupTypes: [],
  mailEnabled: false,
  securityEnabled: true,
  isAssignableToRole: null,
  onPremisesSyncEnabled: null,
  membershipRule: null,
};

describe('judgeGroup', () => {
  it.each([
    [{}, { writable: true, takes: ['user', 'device'] }],
    [
      { groupTypes: ['Unified'], mailEnabled: true },
      { writable: true, takes: ['user'] },
    ],
    [{ groupTypes: ['Unified', 'DynamicMembership'] }, { writable: false, reason: 'GroupIsDynamic', takes: [] }],
    [{ onPremisesSyncEnabled: true }, { writable: false, reason: 'GroupIsSynced', takes: [] }],
    [{ mailEnabled: true }, { writable: false, reason: 'GroupIsMailEnabled', takes: [] }],
    [{ isAssignableToRole: true }, { writable: true, reason: 'GroupIsRoleAssignable', takes: ['user', 'device'] }],
  ])('%o', (fields, verdict) => {
    expect(judgeGroup({ ...security, ...fields })).toEqual(verdict);
  });
});
