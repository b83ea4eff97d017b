import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

const MAPPINGS = 150;
const AT_ONCE = 100;

let f: Fixture;

beforeAll(async () => {
  f = await startFixture({ settings: { tickMs: 50, reportAgainSeconds: 60, reportLateSeconds: 60 } });
});

afterAll(() => f?.close());

const asked = async (): Promise<string[]> =>
  (await f.outgoing(TOPICS.command)).filter(({ kind }) => kind === 'report').map(({ target }) => target);

it('asks about a hundred targets at a time of which nothing is known, and about more as the answers come', async () => {
  await f.database.query(
    `insert into mapping (target, tenant, group_id, group_name, collection, collection_type, state, policy, schedule, version, activated, changed_at)
     select $1 || '/' || id, $1::uuid, id, 'Group', 'ABC' || lpad(to_hex(n), 5, '0'), 'device', 'active', '{"guard":{}}', '{"kind":"manual"}',
       1, 1, now() - interval '1 hour'
     from generate_series(1, $2) n cross join lateral (select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id) as g`,
    [TENANT, MAPPINGS],
  );
  const [first] = await eventually(async () => {
    const targets = await asked();
    return targets.length >= AT_ONCE && targets;
  });
  await f.publish(TOPICS.membershipResult, {
    target: first ?? '',
    collection: 'ABC00001',
    activated: 1,
    merged: 1,
    sequence: 1,
    previous: 0,
    snapshot: { id: crypto.randomUUID(), part: 0, last: true },
    members: [],
  });
  await eventually(async () => (await asked()).length > AT_ONCE);
  const targets = await asked();
  expect(targets).toHaveLength(AT_ONCE + 1);
  expect(new Set(targets).size).toBe(AT_ONCE + 1);
});
