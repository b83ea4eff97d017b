import type { FaultInput, GraphSwitches } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf, Harness } from '../../test/writer-harness.js';

/** One row of https://learn.microsoft.com/graph/errors as seen on member writes: what happens, and what must come of it. */
interface Row {
  name: string;
  /** what the group is */
  traits?: object;
  /** members of the group before, and what the collection wants; removals are what the collection wanted before */
  before?: number[];
  adds: number[];
  removes?: number[];
  switches?: Partial<GraphSwitches>;
  faults?: Omit<FaultInput, 'face'>[];
  members: number[];
  ending?: 'completed' | 'failed';
  failure?: string;
  /** failed members and their reasons */
  reasons?: Record<number, string>;
  outcomes?: Record<string, number>;
  /** the calls that reached Graph: `METHOD objects status` */
  writes?: string[];
  writeCount?: number;
}

const many = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
const DEAD = 900;
const ALREADY = "One or more added object references already exist for the following modified properties: 'members'.";

const ROWS: Row[] = [
  { name: '204', adds: [1, 2], members: [1, 2], outcomes: { applied: 2 }, writes: ['PATCH 1,2 204'] },
  {
    name: '400 already a member, on a first PATCH: halves',
    before: [3],
    adds: [1, 2, 3, 4],
    members: [1, 2, 3, 4],
    outcomes: { applied: 3, notNeeded: 1 },
    writes: ['PATCH 1,2,3,4 400', 'PATCH 1,2 204', 'PATCH 3,4 400', 'POST 3 400', 'POST 4 204'],
  },
  {
    name: '400 already a member, on a single POST: benign',
    before: [3],
    adds: [3],
    members: [3],
    outcomes: { notNeeded: 1 },
    writes: ['POST 3 400'],
  },
  {
    name: '400 already a member, on a repeated PATCH: read, and nobody is written twice',
    adds: [1, 2, 3, 4],
    faults: [{ method: 'PATCH', level: 'part', times: 1, status: 503, applied: 'all' }],
    members: [1, 2, 3, 4],
    outcomes: { applied: 4 },
    writes: ['PATCH 1,2,3,4 503', 'PATCH 1,2,3,4 400'],
  },
  {
    name: '404 that names a member: only that one is dropped',
    adds: [1, 2, DEAD, 4],
    members: [1, 2, 4],
    reasons: { [DEAD]: 'ObjectNotFound' },
    outcomes: { applied: 3, failed: 1 },
    writes: [`PATCH 1,2,4,${DEAD} 404`, 'PATCH 1,2,4 204'],
  },
  {
    name: '404 that names the group, which exists: halves until the member stands alone',
    adds: [1, 2, DEAD, 4],
    switches: { notFoundNames: 'group' },
    members: [1, 2, 4],
    reasons: { [DEAD]: 'ObjectNotFound' },
    outcomes: { applied: 3, failed: 1 },
  },
  {
    name: '404 on a removal: not a member any more',
    before: [],
    adds: [1],
    removes: [2],
    switches: { removeMissing: '404' },
    members: [1],
    outcomes: { applied: 1, notNeeded: 1 },
  },
  {
    name: '400 on a removal: not a member any more',
    before: [],
    adds: [1],
    removes: [2],
    switches: { removeMissing: '400' },
    members: [1],
    outcomes: { applied: 1, notNeeded: 1 },
  },
  {
    name: '400 since the group is new and not yet everywhere: retried',
    adds: [1, 2],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        times: 2,
        status: 400,
        code: 'Request_BadRequest',
        message: "The source resource object or one of the objects being referenced don't exist.",
      },
    ],
    members: [1, 2],
    outcomes: { applied: 2 },
    writes: ['PATCH 1,2 400', 'PATCH 1,2 400', 'PATCH 1,2 204'],
  },
  {
    name: '400 for one link too many: split',
    adds: [1, 2, 3, 4],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        times: 1,
        status: 400,
        code: 'Request_BadRequest',
        message: 'A resource cannot contain more than 20 link changes',
      },
    ],
    members: [1, 2, 3, 4],
    outcomes: { applied: 4 },
    writes: ['PATCH 1,2,3,4 400', 'PATCH 1,2 204', 'PATCH 3,4 204'],
  },
  {
    name: 'a device does not join a Microsoft 365 group: only that one fails',
    traits: { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false },
    adds: [1, 801, 802],
    members: [801, 802],
    reasons: { 1: 'MemberTypeNotAllowed' },
    outcomes: { applied: 2, failed: 1 },
  },
  {
    name: 'a guest kept out by policy: only that one fails',
    traits: { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false, visibility: 'HiddenMembership' },
    adds: [801, 803],
    members: [801],
    reasons: { 803: 'GuestNotAllowed' },
    outcomes: { applied: 1, failed: 1 },
  },
  {
    name: '403 for a dynamic group',
    traits: { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "x"' },
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupIsDynamic',
    reasons: { 1: 'GroupIsDynamic', 2: 'GroupIsDynamic' },
    outcomes: { failed: 2 },
    writes: ['PATCH 1,2 403'],
  },
  {
    name: '400 for a dynamic group',
    traits: { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "x"' },
    switches: { dynamicStatus: 400 },
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupIsDynamic',
    writes: ['PATCH 1,2 400'],
  },
  {
    name: '400 for a group mastered on premises',
    traits: { onPremisesSyncEnabled: true },
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupIsSynced',
    writes: ['PATCH 1,2 400'],
  },
  {
    name: '403 for a mail-enabled group',
    traits: { mailEnabled: true, securityEnabled: true, groupTypes: [] },
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupIsMailEnabled',
    writes: ['PATCH 1,2 403'],
  },
  {
    name: '403 for a role-assignable group',
    traits: { isAssignableToRole: true },
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        status: 403,
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      },
    ],
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupIsRoleAssignable',
    writes: ['PATCH 1,2 403'],
  },
  {
    name: '403 for want of a permission',
    switches: { deviceAdd: 'Read' },
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        status: 403,
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      },
    ],
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'PermissionMissing',
    writes: ['PATCH 1,2 403'],
  },
  {
    name: 'a group that is gone',
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        status: 404,
        code: 'Request_ResourceNotFound',
        message: "Resource '@group' does not exist or one of its queried reference-property objects are not present.",
      },
      {
        method: 'GET',
        url: '/groups/[^/]*\\?',
        status: 404,
        code: 'Request_ResourceNotFound',
        message: "Resource '@group' does not exist.",
      },
    ],
    adds: [1, 2],
    members: [],
    ending: 'failed',
    failure: 'GroupNotFound',
    writes: ['PATCH 1,2 404'],
  },
  {
    name: '403 Directory_QuotaExceeded: as many as fit',
    switches: { memberQuota: 3 },
    adds: [1, 2, 3, 4],
    members: [1, 2, 3],
    ending: 'failed',
    failure: 'GroupIsFull',
  },
  {
    name: '403 Directory_QuotaExceeded, told after what is wrong with a member',
    switches: { memberQuota: 3, quotaFirst: false },
    adds: [1, 2, 3, 4],
    members: [1, 2, 3],
    ending: 'failed',
    failure: 'GroupIsFull',
  },
  {
    name: '409 concurrency: retried',
    adds: [1, 2],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        times: 2,
        status: 409,
        code: 'Directory_ConcurrencyViolation',
        message: 'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
      },
    ],
    members: [1, 2],
    outcomes: { applied: 2 },
    writes: ['PATCH 1,2 409', 'PATCH 1,2 409', 'PATCH 1,2 204'],
  },
  {
    name: 'another 409: the member fails',
    adds: [1],
    faults: [{ method: 'POST', level: 'part', status: 409, code: 'Request_Conflict', message: 'Something conflicts.' }],
    members: [],
    reasons: { 1: 'RequestRefused' },
    outcomes: { failed: 1 },
    writes: ['POST 1 409'],
  },
  {
    name: '429 with a decimal Retry-After',
    adds: [1, 2],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        times: 1,
        status: 429,
        code: 'TooManyRequests',
        headers: { 'Retry-After': '0.4' },
      },
    ],
    members: [1, 2],
    outcomes: { applied: 2 },
    writes: ['PATCH 1,2 429', 'PATCH 1,2 204'],
  },
  ...[500, 502, 503, 504, 408, 424].map((status): Row => ({
    name: `${status}: retried`,
    adds: [1, 2],
    removes: [3],
    before: [3],
    faults: [{ level: 'part', times: 2, status, code: 'Service_Unavailable' }],
    members: [1, 2],
    outcomes: { applied: 2, removed: 1 },
    writeCount: 4,
  })),
  {
    name: 'an answer that never comes, nothing done: asked one by one',
    adds: [1, 2, 3],
    faults: [{ method: 'POST', url: '\\$batch', level: 'outer', times: 1, wire: 'reset', applied: 'none' }],
    members: [1, 2, 3],
    outcomes: { applied: 3 },
    writes: ['POST 1 204', 'POST 2 204', 'POST 3 204'],
  },
  {
    name: 'an answer that never comes, all done: the repetition is benign',
    adds: [1, 2, 3],
    removes: [4],
    before: [4],
    faults: [{ method: 'POST', url: '\\$batch', level: 'outer', times: 1, wire: 'reset', applied: 'all' }],
    members: [1, 2, 3],
    outcomes: { applied: 3, removed: 1 },
  },
  {
    name: 'half an answer',
    adds: [1, 2, 3],
    faults: [{ method: 'POST', url: '\\$batch', level: 'outer', times: 1, wire: 'truncate', applied: 'all' }],
    members: [1, 2, 3],
    outcomes: { applied: 3 },
  },
  {
    name: 'an answer that tells no part, all done: waited for as for no answer, then asked one by one',
    adds: [1, 2, 3],
    faults: [{ method: 'PATCH', level: 'part', times: 1, told: 'omitted', applied: 'all' }],
    members: [1, 2, 3],
    outcomes: { applied: 3 },
    writes: ['PATCH 1,2,3 204', 'POST 1 400', 'POST 2 400', 'POST 3 400'],
  },
  {
    name: 'an answer that leaves out a part: only that one is asked again',
    adds: [1, 2],
    removes: [3],
    before: [3],
    faults: [{ method: 'PATCH', level: 'part', times: 1, told: 'omitted' }],
    members: [1, 2],
    outcomes: { applied: 2, removed: 1 },
    writes: ['PATCH 1,2 200', 'DELETE 3 204', 'POST 1 204', 'POST 2 204'],
  },
  {
    name: 'an answer that tells a part twice: which one is true nobody knows',
    switches: { removeMissing: '404' },
    adds: [1, 2],
    removes: [3],
    before: [3],
    faults: [{ method: 'DELETE', level: 'part', times: 1, told: 'twice' }],
    members: [1, 2],
    outcomes: { applied: 2, removed: 1 },
    writes: ['PATCH 1,2 204', 'DELETE 3 204', 'DELETE 3 404'],
  },
  {
    name: 'an answer that always leaves out a part: the others are done, and the run ends after a few tries',
    adds: [1],
    removes: [3],
    before: [3],
    faults: [{ method: 'POST', url: 'members', level: 'part', told: 'omitted' }],
    members: [],
    ending: 'failed',
    failure: 'GRAPH_UNAVAILABLE',
    outcomes: { unanswered: 1, removed: 1 },
    writeCount: 7,
  },
  {
    name: 'answers that never tell a part: the run ends after a few, as if Graph were silent',
    adds: [1, 2],
    faults: [{ level: 'part', told: 'omitted' }],
    members: [],
    ending: 'failed',
    failure: 'GRAPH_UNAVAILABLE',
    writeCount: 9,
  },
  {
    name: 'the batch as a whole answered 503, half of it done',
    adds: many(1, 25),
    faults: [{ method: 'POST', url: '\\$batch', level: 'outer', times: 1, status: 503, applied: 'some' }],
    members: many(1, 25),
    outcomes: { applied: 25 },
  },
  {
    name: 'the batch as a whole answered 429',
    adds: [1, 2],
    faults: [
      {
        method: 'POST',
        url: '\\$batch',
        level: 'outer',
        times: 1,
        status: 429,
        code: 'TooManyRequests',
        headers: { 'Retry-After': '0.3' },
      },
    ],
    members: [1, 2],
    outcomes: { applied: 2 },
    writes: ['PATCH 1,2 204'],
  },
  {
    name: '400 /$ref lost: the fault is ours, the group ends',
    adds: [1],
    faults: [
      {
        method: 'POST',
        level: 'part',
        status: 400,
        code: 'BadRequest',
        message: 'Write requests are only supported on contained entities',
      },
    ],
    members: [],
    ending: 'failed',
    failure: 'RequestRefused',
  },
  {
    name: '403 that the application is not known: the run ends',
    adds: [1, 2],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        status: 403,
        code: 'Authorization_IdentityNotFound',
        message: 'The identity of the calling application could not be established.',
      },
    ],
    members: [],
    ending: 'failed',
    failure: 'PermissionMissing',
  },
  {
    name: '400 already a member in other words: the member fails alone',
    before: [3],
    adds: [1, 3],
    faults: [
      {
        method: 'PATCH',
        level: 'part',
        times: 1,
        status: 400,
        code: 'Request_BadRequest',
        message: `Bad luck, but not ${ALREADY.slice(0, 10)}`,
      },
    ],
    members: [1, 3],
    outcomes: { applied: 1, notNeeded: 1 },
  },
];

let h: Harness;

beforeAll(async () => {
  h = await Harness.inWorld({
    devices: 40,
    users: [{ n: 801 }, { n: 802 }, { n: 803, guest: true }],
    groups: ROWS.map(({ traits, before = [] }) => ({ members: before, ...(traits ? { traits } : {}) })),
    simulator: { graph: { partOrder: 'shuffled' } },
  });
});

afterAll(() => h.close());

describe('every row of the error table', () => {
  ROWS.forEach((row, at) => {
    it(row.name, () => check(row, at + 1));
  });

  it('told a failed member with the request that failed', async () => {
    const at = ROWS.findIndex(({ reasons }) => reasons?.[DEAD]) + 1;
    const failed = (await h.results(at)).flatMap(({ members }) => members).filter(({ state }) => state === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    const refused = failed.filter(({ message }) => !message?.startsWith('getByIds'));
    for (const { requestId, clientRequestId } of refused) {
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(clientRequestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('never lost its /$ref', async () => {
    expect(await h.control.alarms()).toEqual([]);
  });
});

const check = async (row: Row, group: number): Promise<void> => {
  const { adds, removes = [] } = row;
  const mapping = await h.map({ group_: group });
  // the ledger starts as a full run would have left it: what is to be removed is there
  const old = await h.content(mapping, { adds: removes });
  await h.merge();
  await h.database.query(
    `update entry set applied = true where wanted and target = (select id from target where target = $1)`,
    [h.target(group)],
  );
  await h.database.query(`update target set due = null where target = $1`, [h.target(group)]);
  await h.control.switches({ graph: row.switches ?? {} });
  for (const fault of row.faults ?? []) {
    const message = fault.message?.replace('@group', groupOf(group));
    const concerned = fault.url?.includes('batch') ? {} : { group: groupOf(group) };
    await h.control.fault({ face: 'graph', ...fault, ...concerned, ...(message ? { message } : {}) });
  }
  const [start] = (await h.control.journal()).slice(-1);
  await h.delta(mapping, old.to, adds, removes);
  await h.merge();
  await h.run();
  await h.control.clearFaults();
  await h.control.switches({
    graph: {
      notFoundNames: 'member',
      removeMissing: 'mixed',
      dynamicStatus: 403,
      memberQuota: 0,
      quotaFirst: true,
      deviceAdd: 'ReadWrite',
    },
  });

  expect(await h.members(group)).toEqual(row.members);
  const ended = row.ending === 'failed' ? await h.last('failed', group) : await h.last('completed', group);
  expect(ended, JSON.stringify(await h.events(group), null, 1)).toBeDefined();
  expect(ended?.counts.unaccounted).toBe(0);
  if (row.failure) expect(ended).toMatchObject({ code: row.failure });
  if (row.outcomes) expect(nonZero(ended?.counts.outcomes ?? {})).toEqual(row.outcomes);
  const shown = await h.shown(group);
  for (const [resource, code] of Object.entries(row.reasons ?? {})) expect(shown.get(resource)).toBe(`failed ${code}`);
  if (row.ending !== 'failed') {
    for (const add of adds) if (!row.reasons?.[add]) expect(shown.get(String(add))).toBe('applied');
    for (const remove of removes) expect(shown.has(String(remove))).toBe(false);
  }
  const writes = await h.writes(group, start?.n ?? 0);
  if (row.writes) expect(writes.map(journalled).sort()).toEqual(row.writes.map(journalled).sort());
  if (row.writeCount) expect(writes).toHaveLength(row.writeCount);
};

/** The journal names the objects of a write that was done. */
const journalled = (write: string): string => (write.endsWith(' 204') ? write : write.replace(/ .* /, ' '));

const nonZero = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
