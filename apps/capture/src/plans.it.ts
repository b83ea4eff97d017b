import { PlanReader } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CaptureHarness, COLLECTION, GROUP, simulatedSite, TARGET, TENANT } from '../test/harness.js';
import { runMaintenance } from './maintain/run-maintenance.js';
import { stampChangedIdentities } from './identify/stamp-changed-identities.js';
import { showSource } from './notice/show-source.js';
import { saveIdentityChanges } from './store/resources.js';

const COLLECTIONS = 5_000;
const MEMBERS_EACH = 200;

/** The collections and their targets are looked over at each tick; what has a row for each member never is. */
const LARGE = ['membership', 'resource', 'identity_change', 'transfer'];

let site: Awaited<ReturnType<typeof simulatedSite>>;
let capture: CaptureHarness;
let reader: PlanReader;

beforeAll(async () => {
  site = await simulatedSite();
  reader = new PlanReader();
  const plain = await CaptureHarness.create(site.site);
  capture = new CaptureHarness(reader.reading(plain.database), site.site);
  await capture.tick();
  await capture.directory('ready');
  await plain.database.query(`
    alter table membership set (autovacuum_enabled = false);
    alter table resource set (autovacuum_enabled = false);
    analyze;
    insert into collection (id, type, listed) select 'XYZ' || lpad(to_hex(n), 5, '0'), 'device', false from generate_series(1, ${COLLECTIONS}) n;
    insert into target (target, tenant, group_id, collection, collection_type, state, mapping_version, activated)
      select '${TENANT}/' || md5(id)::uuid, '${TENANT}', md5(id)::uuid, id, 'device', 'paused', 1, 1 from collection where id like 'XYZ%';
    insert into resource (id, kind, name, device_id, looked_at)
      select 20000000 + n, 'device', 'D' || n, md5(n::text)::uuid, now() from generate_series(1, ${COLLECTIONS * MEMBERS_EACH}) n;
    insert into membership (collection, resource, present, version)
      select 'XYZ' || lpad(to_hex(1 + n % ${COLLECTIONS}), 5, '0'), 20000000 + n, true, 1
      from generate_series(1, ${COLLECTIONS * MEMBERS_EACH}) n;
    insert into transfer (id, target) select gen_random_uuid(), target from target, generate_series(1, 10);
    insert into identity_change (tenant, device_id, change)
      select '${TENANT}', md5(n::text)::uuid, 'changed' from generate_series(1, 20000) n`);
}, 600_000);

afterAll(async () => {
  await capture?.close();
  await site?.close();
});

const scansOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  reader.plans.length = 0;
  await work();
  expect(reader.plans.length).toBeGreaterThan(0);
  return reader.scansOf(LARGE);
};

it('reads and sends a collection by its keys, first whole and then what changed', async () => {
  expect(
    await scansOf(async () => {
      await capture.map();
      await capture.work();
    }),
  ).toEqual([]);
  const [first] = capture.sent();
  expect(first).toMatchObject({
    collection: COLLECTION,
    content: 'complete',
    targets: [{ target: TARGET, group: GROUP }],
  });
  const [gone, ...others] = await capture.members();
  await site.members(others);
  expect(await scansOf(() => capture.converge())).toEqual([]);
  expect(capture.sent()).toMatchObject([{ content: 'delta', removes: [gone] }]);
});

it('finds what is due at each tick without reading the members', async () => {
  expect(
    await scansOf(async () => {
      await capture.tick();
      await showSource(capture.context);
      await runMaintenance(capture.context, AbortSignal.timeout(60_000));
      await capture.work();
    }),
  ).toEqual([]);
});

it('finds the members whose directory object changed by their identity', async () => {
  await capture.database.transaction((tx) =>
    saveIdentityChanges(tx, [
      {
        tenant: TENANT,
        at: new Date().toISOString(),
        identities: [{ deviceId: '7e57ab1e-0000-4000-8000-00000000dead', change: 'appeared' }],
      },
    ]),
  );
  expect(await scansOf(() => stampChangedIdentities(capture.context))).toEqual([]);
});

it('finds the members without identity by the index of those', async () => {
  expect(await scansOf(() => capture.refreshIdentities())).toEqual([]);
});
