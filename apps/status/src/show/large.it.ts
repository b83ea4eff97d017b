import { TOPICS } from '@collection-sync/core';
import { eventually, PlanReader } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectionEvent, groupId, startFixture, TENANT, TOKEN, type Fixture } from '../../test/status-fixture.js';
import { deleteOldRows } from '../maintain/upkeep.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import { SORTS } from './collections.contract.js';

const COLLECTIONS = 5_000;
const RUNS = 10_000;
const MEMBERS = 1_000_000;
/** of a second group, and of a preview */
const FEWER = 60_000;
const LARGE = ['member', 'movement', 'preview_member', 'run', 'run_event', 'mapping', 'target', 'collection', 'audit'];
const PLAN = '11111111-0000-4000-8000-000000000001';
const PREVIEW = '22222222-0000-4000-8000-000000000001';
const RUN = '33333333-0000-4000-8000-000000000001';

const group = `${TENANT}/${groupId(1)}`;
const other = `${TENANT}/${groupId(2)}`;

let plans: PlanReader;
let f: Fixture;

beforeAll(async () => {
  plans = new PlanReader();
  f = await startFixture({ plans, settings: { exports: 2, tickMs: 3_600_000 } });
  await f.database.query(`
    insert into mapping (target, tenant, group_id, group_name, collection, collection_type, state, policy, schedule, version, activated, changed_at)
      select '${TENANT}/00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'), '${TENANT}', '00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'),
        'Group' || n, 'ABC' || lpad(to_hex(n), 5, '0'), 'device', 'active', '{"guard":{}}', '{"kind":"manual"}', 1, 1, now()
      from generate_series(1, ${COLLECTIONS}) n;
    insert into target (target, told_at) select target, now() from mapping;
    insert into collection (collection, site, name, type, comment, count, state, version, checked_at, product_relations, number)
      select collection, 'ABC', 'Collection ' || collection, 'device', '', 0, 'ok', 1, now(), '[]', 1 from mapping;
    insert into overview (collection, target, tenant, group_id, group_name, group_sort, collection_name, collection_sort, collection_type, word, member_count)
      select collection, target, tenant, group_id, group_name, lower(group_name), 'Collection ' || collection, 'collection ' || lower(collection),
        'device', 'Success', 0 from mapping;
    insert into run (id, target, collection, activated, kind, state, started_at, ended_at, number)
      select gen_random_uuid(), target, collection, 1, 'full', 'completed', now() - n * interval '1 minute', now(), 1
      from mapping, generate_series(1, ${RUNS / COLLECTIONS}) n;
    insert into run (id, target, collection, activated, kind, state, started_at, number) values ('${RUN}', '${TENANT}/${groupId(1)}', 'ABC00001', 1, 'full', 'running', now(), 1);
    insert into run_event (target, producer, number, run, event, at, body)
      select target, 'writer', extract(epoch from started_at)::bigint, id, 'started', started_at, '{}' from run;
    insert into audit (actor, role, action, subject, detail)
      select 'somebody', 'Operator', 'pause', target, '{}' from mapping;
    insert into preview values ('${PREVIEW}', '${TENANT}/${groupId(1)}', 'ABC00001', now(), 1, 1, 1, 1, false, 0);
    analyze;
    insert into member (target_no, key, resource, object, name, sort, state, wanted, attempts, plan, at)
      select (select no from target where target = '${TENANT}/${groupId(1)}'), n::text, n, md5(n::text), 'PC' || lpad(n::text, 6, '0'),
        'pc' || lpad(n::text, 6, '0'), 'held', true, 0, '${PLAN}', now() from generate_series(1, ${MEMBERS}) n;
    insert into member (target_no, key, resource, object, name, sort, state, wanted, attempts, at)
      select (select no from target where target = '${other}'), key, resource, object, name, sort, state, wanted, attempts, at
      from member where resource <= ${FEWER};
    insert into movement (target_no, number, key, change, resource, object, name, sort)
      select target_no, (extract(epoch from now()) * 1000)::bigint + resource, key, 'joined', resource, object, name, sort from member
      where plan = '${PLAN}' and resource <= ${FEWER};
    insert into preview_member (command, part, key, name, sort, change)
      select '${PREVIEW}', 0, key, name, sort, 'add' from member where plan = '${PLAN}' and resource <= ${FEWER}`);
}, 600_000);

afterAll(() => f?.close());

/** What a metric is sampled by now and then reads a row of each target, whoever asks for what meanwhile. */
const SAMPLED = [/: select coalesce\(word, ''\) as word, count/, /: select coalesce\(max\(extract\(epoch/];
const scansOf = (tables: readonly string[]): string[] =>
  plans.scansOf(tables).filter((scan) => !SAMPLED.some((sampled) => sampled.test(scan)));

describe('with 5,000 collections, 10,000 runs and a large tab of members', () => {
  it.each([
    ['a page of the members', `/targets/${group}/members`],
    ['the last page but some', `/targets/${group}/members?order=desc`],
    ['members in a state', `/targets/${group}/members?state=Held`],
    ['members whose name begins so', `/targets/${group}/members?search=pc0500`],
    ['members of a plan', `/targets/${group}/members?planId=${PLAN}`],
    ['why, by resource', `/targets/${group}/why?resource=5000`],
    ['why, by name', `/targets/${group}/why?name=PC005000`],
    ['why, by object', `/targets/${group}/why?object=0b1ec700-0000-4000-8000-000000000001`],
    ['a device over all groups', '/resources?search=pc0500'],
    ['who moved in a run', `/runs/${RUN}/members`],
    ['a page of a preview', `/previews/${PREVIEW}/members?change=add`],
    ['a page of the runs', '/runs'],
    ['runs of a group', `/runs?tenantId=${TENANT}&groupId=${groupId(7)}`],
    ['runs of a collection', '/runs?collectionId=ABC00007'],
    ['runs under way', '/runs?state=running'],
    ['a run', `/runs/${RUN}`],
    ['a mapping', `/mappings/${group}`],
    ['the audit', '/audit'],
  ])('%s reads no table from end to end', async (_, path) => {
    plans.plans.length = 0;
    const { status, body } = await f.request('GET', path);
    expect([status, body]).toEqual([200, expect.anything()]);
    expect(scansOf(LARGE)).toEqual([]);
  });
});

describe('the overview of 5,000 collections', () => {
  // the status is computed from the others, so that no index has it
  const sorts = SORTS.filter((sort) => sort !== 'cloudSyncStatus');
  it.each(sorts.flatMap((sort) => [`sort=${sort}&order=asc`, `sort=${sort}&order=desc`]))(
    '%s reads a page and the page after it, and no more',
    async (order) => {
      plans.plans.length = 0;
      const first = await f.request<{ next: string }>('GET', `/collections?${order}`);
      const second = await f.request('GET', `/collections?${order}&cursor=${first.body.next}`);
      expect([first.status, second.status]).toEqual([200, 200]);
      expect(scansOf(['overview'])).toEqual([]);
    },
  );
});

it('stores a record of a collection by the keys of what it concerns', async () => {
  plans.plans.length = 0;
  await f.publish(TOPICS.collection, collectionEvent('ABC00007', { name: 'Another name' }));
  const { body } = await f.request('GET', '/collections/ABC00007');
  expect(body).toMatchObject({ collectionName: 'Another name' });
  expect(scansOf(LARGE)).toEqual([]);
});

it('drops what is past its retention without reading what is not', async () => {
  await f.database.query('analyze movement');
  plans.plans.length = 0;
  await deleteOldRows(f.database, DEFAULT_SETTINGS);
  expect(scansOf(['member', 'movement', 'run', 'run_event', 'audit'])).toEqual([]);
});

describe('files', () => {
  const open = (path: string): Promise<Response> =>
    fetch(`${f.base}/api/v1/export/${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const connections = async (): Promise<number> => {
    const [row] = await f.database.query<{ busy: number }>(
      `select count(*) as busy from pg_stat_activity
       where application_name = 'status-test' and datname = current_database() and state like 'idle in%'`,
    );
    return row?.busy ?? -1;
  };

  it('have every member once, in pages by key', async () => {
    plans.plans.length = 0;
    const rows = (await (await open(`members/${other}?format=json`)).json()) as { resourceId: number }[];
    expect(new Set(rows.map(({ resourceId }) => resourceId)).size).toBe(FEWER);
    expect(rows).toHaveLength(FEWER);
    const few = await (await open(`members/${other}?search=pc00001&format=csv`)).text();
    expect(few.trim().split('\n')).toHaveLength(11);
    expect(few).toContain('Resource Id,Object Id,Name');
    const named = await (await open('collections?search=group4999&columns=collectionName,groupName')).text();
    expect(
      named
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([expect.stringContaining('Collection Name,Microsoft Entra group Name'), 'Collection ABC01387,Group4999']);
    expect((await open('collections?search=nobody')).status).toBe(200);
    const all = (await (await open('collections')).text()).trim().split('\n');
    expect(all).toHaveLength(COLLECTIONS + 1);
    expect(scansOf(LARGE)).toEqual([]);
  });

  it('hold no connection while a reader is slow, are bounded in number, and make room when one goes away', async () => {
    const slow = [await open(`members/${group}`), await open(`members/${group}?format=json`)];
    expect(await connections()).toBe(0);
    const refused = await open('collections');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await refused.json()).toMatchObject({ advice: expect.stringContaining('Try again') });
    for (const { body } of slow) await body?.cancel();
    await eventually(async () => (await open('collections')).status === 200, { what: 'a place to be free' });
  });
});

it('a file that takes longer than it may breaks off', async () => {
  const hasty = await startFixture({
    databaseUrl: f.url,
    settings: { exportSeconds: 0.5, exports: 1, tickMs: 3_600_000 },
  });
  const open = (): Promise<Response> =>
    fetch(`${hasty.base}/api/v1/export/members/${group}?format=json`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  const unread = await open();
  await eventually(async () => (await open()).status === 200, { what: 'the file to give up its place' });
  await expect(unread.text()).rejects.toThrow();
  await hasty.close();
});
