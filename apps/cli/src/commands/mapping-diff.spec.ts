import { DEFAULT_POLICY, DEFAULT_SCHEDULE } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import type { Schemas } from '../api.js';
import { changesBetween, type Wanted } from './mapping-diff.js';

const wanted = (target: string, more: Partial<Wanted> = {}): Wanted => ({
  target,
  tenantId: 't',
  groupId: 'g',
  groupName: 'Group',
  collectionId: 'ABC00001',
  collectionName: 'Collection',
  paused: false,
  policy: DEFAULT_POLICY,
  schedule: DEFAULT_SCHEDULE,
  ...more,
});
const present = (target: string, more: Partial<Schemas['Mapping']> = {}): Schemas['Mapping'] => ({
  ...wanted(target),
  collectionName: '',
  collectionType: 'device',
  state: 'active',
  pausedBy: null,
  onDelete: null,
  version: 1,
  activated: 1,
  changedAt: '',
  changedBy: '',
  ...more,
});

describe('the differences between mappings and a file', () => {
  it('are none when everything is as wanted', () => {
    expect(changesBetween([present('a')], [wanted('a')], 'leave')).toEqual([]);
  });

  it('are what is new, and what a deleted mapping leaves', () => {
    expect(changesBetween([present('a', { state: 'deleting' })], [wanted('a')])).toMatchObject([
      { kind: 'create', target: 'a' },
    ]);
  });

  it('name each field', () => {
    const changes = changesBetween([present('a')], [wanted('a', { collectionId: 'ABC00002', paused: true })]);
    expect(changes).toMatchObject([
      {
        kind: 'change',
        fields: [
          { field: 'collection', from: 'ABC00001', to: 'ABC00002' },
          { field: 'paused', from: false, to: true },
        ],
      },
    ]);
  });

  it('leave alone what the switch of the tenant paused', () => {
    expect(changesBetween([present('a', { state: 'paused', pausedBy: 'tenant' })], [wanted('a')])).toEqual([]);
  });

  it('delete only when asked to', () => {
    expect(changesBetween([present('a')], [])).toEqual([]);
    expect(changesBetween([present('a')], [], 'remove')).toMatchObject([{ kind: 'delete', members: 'remove' }]);
  });
});
