import { describe, expect, it } from 'vitest';
import { deltaOfGroups, GROUPS_PER_DELTA, wordsOfGroups } from './delta-groups.js';

const id = (n: number): string => `96009000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('a delta of groups', () => {
  it('asks for members alone, in an address of less than 2,048 characters', () => {
    const groups = Array.from({ length: GROUPS_PER_DELTA }, (_, at) => id(at));
    const { path, query } = deltaOfGroups(groups);
    const address = new URL(`https://microsoftgraph.chinacloudapi.cn/v1.0${path}`);
    for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, String(value));
    expect(query?.['$select']).toBe('members');
    expect(address.href.length).toBeLessThan(2_048);
  });

  it('tells who is there and who left, whatever the reason, and what could not be read', () => {
    const { groups, leftOut } = wordsOfGroups([
      {
        id: id(1).toUpperCase(),
        'members@delta': [
          { '@odata.type': '#microsoft.graph.device', id: id(11) },
          { id: id(12), '@removed': { reason: 'deleted' } },
          { id: id(13), '@removed': { reason: 'changed' } },
        ],
      },
      { id: id(2) },
      { id: id(3), '@removed': { reason: 'changed' } },
      { id: id(4), 'members@delta': [{ id: null }] },
      { 'members@delta': [{ id: id(14) }] },
      null,
    ] as Parameters<typeof wordsOfGroups>[0]);
    expect(leftOut).toBe(2);
    expect(groups).toEqual([
      {
        group: id(1),
        removed: false,
        unreadable: false,
        members: [
          { object: id(11), objectType: 'device', there: true },
          { object: id(12), objectType: undefined, there: false },
          { object: id(13), objectType: undefined, there: false },
        ],
      },
      { group: id(2), removed: false, unreadable: false, members: [] },
      { group: id(3), removed: true, unreadable: false, members: [] },
      { group: id(4), removed: false, unreadable: true, members: [] },
    ]);
  });
});
