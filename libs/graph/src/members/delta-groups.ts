import { presentGuid, type GroupWord, type MemberWord } from '@collection-sync/core';
import type { DeltaStart } from '../delta.js';
import { memberOf, type MemberRow } from './members.js';

/**
 * Groups of one delta. Graph takes 50 in a filter (https://learn.microsoft.com/graph/api/group-delta); this many also keep the address below
 * 2,048 characters, which is all that some proxies and services take.
 */
export const GROUPS_PER_DELTA = 30;

/** Where the members of groups are followed from. */
export const deltaOfGroups = (groups: readonly string[]): Omit<DeltaStart, 'link'> => ({
  path: '/groups/delta',
  query: { $select: 'members', $filter: groups.map((group) => `id eq '${group}'`).join(' or ') },
});

/** A group as a page of a delta lists it. */
export interface DeltaGroupRow {
  readonly id?: unknown;
  readonly '@removed'?: unknown;
  readonly 'members@delta'?: readonly (MemberRow | null)[] | null;
}

export interface ReadGroups {
  readonly groups: GroupWord[];
  /** rows that name no group: whatever they say is missing somewhere */
  readonly leftOut: number;
}

/** Members of a large group come in parts, on several pages. https://learn.microsoft.com/graph/delta-query-groups */
export const wordsOfGroups = (rows: readonly (DeltaGroupRow | null)[]): ReadGroups => {
  const groups = rows.flatMap((row) => {
    const group = presentGuid(row?.id);
    if (row === null || group === undefined) return [];
    const listed = row['members@delta'] ?? [];
    const members = listed.flatMap((member) =>
      memberOf(member).map(({ id, objectType }): MemberWord => ({
        object: id,
        objectType,
        there: member !== null && !('@removed' in member),
      })),
    );
    return [{ group, removed: '@removed' in row, unreadable: members.length < listed.length, members }];
  });
  return { groups, leftOut: rows.length - groups.length };
};
