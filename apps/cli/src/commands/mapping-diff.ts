import { isDeepStrictEqual } from 'node:util';
import type { Policy, Schedule } from '@collection-sync/core';
import type { Schemas } from '../api.js';

export interface Wanted {
  readonly target: string;
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly collectionId: string;
  readonly collectionName: string;
  readonly paused: boolean;
  readonly policy: Policy;
  readonly schedule: Schedule;
}

interface Field {
  readonly field: 'collection' | 'paused' | 'policy' | 'schedule' | 'members';
  readonly from?: unknown;
  readonly to: unknown;
}
interface Named {
  readonly target: string;
  readonly groupName: string;
  readonly collectionId: string;
  readonly collectionName: string;
  readonly fields: readonly Field[];
}
export type Change =
  | (Named & { readonly kind: 'create' | 'change'; readonly wanted: Wanted })
  | (Named & { readonly kind: 'delete'; readonly members: 'leave' | 'remove' });

/** What is to be done so that the mappings become those wanted. What nobody names stays, unless it is to be pruned. */
export const changesBetween = (
  present: readonly Schemas['Mapping'][],
  wanted: readonly Wanted[],
  prune?: 'leave' | 'remove',
): Change[] => {
  const alive = new Map(
    present.filter(({ state }) => state === 'active' || state === 'paused').map((mapping) => [mapping.target, mapping]),
  );
  const changes: Change[] = [];
  for (const one of wanted) {
    const mapping = alive.get(one.target);
    const fields = mapping ? differences(mapping, one) : created(one);
    if (mapping && fields.length === 0) continue;
    changes.push({ kind: mapping ? 'change' : 'create', ...nameOf(one), fields, wanted: one });
  }
  if (!prune) return changes;
  const named = new Set(wanted.map(({ target }) => target));
  for (const mapping of alive.values()) {
    if (named.has(mapping.target)) continue;
    changes.push({ kind: 'delete', ...nameOf(mapping), fields: [{ field: 'members', to: prune }], members: prune });
  }
  return changes;
};

const nameOf = ({ target, groupName, collectionId, collectionName }: Omit<Named, 'fields'>): Omit<Named, 'fields'> => ({
  target,
  groupName,
  collectionId,
  collectionName,
});

const created = ({ paused, policy, schedule }: Wanted): Field[] => [
  ...(paused ? [{ field: 'paused' as const, to: true }] : []),
  { field: 'policy', to: policy },
  { field: 'schedule', to: schedule },
];

const differences = (mapping: Schemas['Mapping'], wanted: Wanted): Field[] => {
  const fields: Field[] = [
    { field: 'collection', from: mapping.collectionId, to: wanted.collectionId },
    { field: 'policy', from: mapping.policy, to: wanted.policy },
    { field: 'schedule', from: mapping.schedule, to: wanted.schedule },
    // what the switch of the tenant paused is none of the file's business
    {
      field: 'paused',
      from: mapping.pausedBy === 'tenant' ? wanted.paused : mapping.state === 'paused',
      to: wanted.paused,
    },
  ];
  return fields.filter(({ from, to }) => !isDeepStrictEqual(from, to));
};
