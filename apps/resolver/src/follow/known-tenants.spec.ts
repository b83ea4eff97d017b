import { DEFAULT_POLICY, DEFAULT_SCHEDULE, targetOf, type Mapping } from '@collection-sync/core';
import { expect, it } from 'vitest';
import { KnownTenants } from './known-tenants.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000';
const GROUP = 'cccccccc-0000-4000-8000-000000000001';

const mapping = (fields: Partial<Mapping>): Mapping => ({
  target: targetOf(TENANT, GROUP),
  tenant: TENANT,
  group: GROUP,
  groupName: '',
  collection: 'ABC00014',
  collectionName: '',
  collectionType: 'device',
  state: 'active',
  policy: DEFAULT_POLICY,
  schedule: DEFAULT_SCHEDULE,
  version: 1,
  activated: 1,
  changedAt: '2026-10-10T00:00:00.000Z',
  changedBy: '',
  ...fields,
});

it('knows which kinds the mappings of a tenant need, once asked for always', () => {
  const known = new KnownTenants();
  expect(known.learn(mapping({}))).toBe(true);
  expect(known.needs(TENANT, 'user')).toBe(false);
  expect(known.learn(mapping({ version: 2, collectionType: 'user' }))).toBe(true);
  expect(known.learn(mapping({ version: 3, collectionType: 'user', state: 'paused' }))).toBe(false);
  known.learn(mapping({ version: 4, collectionType: 'user', state: 'deleted' }));
  expect(known.needs(TENANT, 'user')).toBe(true);
  expect(known.tenants()).toEqual([]);
});

it('ignores a late older record', () => {
  const known = new KnownTenants();
  known.learn(mapping({ version: 5 }));
  expect(known.learn(mapping({ version: 4, collectionType: 'user' }))).toBe(false);
  expect(known.needs(TENANT, 'user')).toBe(false);
  expect(known.tenants()).toEqual([TENANT]);
});
