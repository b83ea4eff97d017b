import { startSimulator, type Simulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GraphTenants } from './graph-tenants.js';
import { getGroup, judgeGroup, searchGroups, type Group } from './groups.js';
import type { GraphClient } from './graph-client.js';

let sim: Simulator;
let graph: GraphClient;
beforeAll(async () => {
  const names = ['Sales', "Sales O'Neill", 'Support', ...Array.from({ length: 7 }, (_, index) => `Team ${index}`)];
  sim = await startSimulator({
    world: {
      groups: [
        ...names.map((displayName) => ({ displayName })),
        { displayName: 'Dynamic', groupTypes: ['DynamicMembership'], membershipRule: 'user.x -eq 1' },
      ],
    },
  });
  const config = {
    tenant: sim.tenantId,
    baseUrl: sim.graphUrl,
    credential: { kind: 'static-token' as const, token: 't' },
  };
  graph = new GraphTenants([config]).client(sim.tenantId);
});
afterAll(() => sim.close());

const names = (groups: readonly Group[]): string[] => groups.map(({ displayName }) => displayName).sort();

it('finds groups by the begin of their name, quotes included', async () => {
  expect(names((await searchGroups(graph, { text: 'sales' })).items)).toEqual(['Sales', "Sales O'Neill"]);
  expect(names((await searchGroups(graph, { text: "Sales O'N" })).items)).toEqual(["Sales O'Neill"]);
  expect((await searchGroups(graph, { text: 'nothing' })).items).toEqual([]);
});

it('finds groups by words of their name in any order, sorted', async () => {
  const found = async (words: string): Promise<string[]> =>
    (await searchGroups(graph, { words })).items.map(({ displayName }) => displayName);
  expect(await found("o'neill sal")).toEqual(["Sales O'Neill"]);
  expect(await found('TEAM')).toEqual(Array.from({ length: 7 }, (_, index) => `Team ${index}`));
  expect(await found('5 team')).toEqual(['Team 5']);
  expect(await found('eam')).toEqual([]);
  expect(await found('"quoted" \\ & more')).toEqual([]);
});

it('lists all groups, page by page, when asked for nothing', async () => {
  const found: Group[] = [];
  let pages = 0;
  for (let skipToken: string | undefined, first = true; first || skipToken; first = false) {
    const page = await searchGroups(graph, { text: ' ', top: 4, skipToken });
    found.push(...page.items);
    skipToken = page.skipToken;
    pages += 1;
  }
  expect(found.map(({ displayName }) => displayName)).toEqual(names(found));
  expect(found).toHaveLength(11);
  expect(pages).toBe(3);
});

it('finds one group by its id, and tells when there is none', async () => {
  const dynamic = (await searchGroups(graph, { text: 'Dynamic' })).items[0];
  expect(judgeGroup(dynamic as Group)).toMatchObject({ writable: false, reason: 'GroupIsDynamic' });
  const id = dynamic?.id ?? '';
  expect((await searchGroups(graph, { text: ` {${id.toUpperCase()}} ` })).items).toEqual([dynamic]);
  expect(await getGroup(graph, '9b2e0000-0000-4000-8000-000000000009')).toBeUndefined();
});
