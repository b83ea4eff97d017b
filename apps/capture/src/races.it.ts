import type { Tx } from '@collection-sync/postgres';
import { eventually } from '@collection-sync/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contentOf, deviceIdOf, FakeSite } from '../test/fake-site.js';
import { CaptureHarness, COLLECTION, TARGET, TENANT } from '../test/harness.js';
import type { CaptureContext } from './context.js';
import { updateIdentities } from './identify/update-identities.js';
import { readCollection } from './read/read-collection.js';
import { sendContent } from './send/send-content.js';

const GROUP = '6a000000-0000-4000-8000-000000000002';
const OTHER = { target: `${TENANT}/${GROUP}`, group: GROUP };
const soon = () => AbortSignal.timeout(60_000);

let site: FakeSite;
let capture: CaptureHarness;

beforeEach(async () => {
  site = new FakeSite();
  site.set(contentOf(1, 2, 3, 4));
  capture = await CaptureHarness.mapped(site);
  capture.sent();
});
afterEach(() => capture.close());

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};
const read = async () => {
  await capture.tick();
  await readCollection(capture.context, COLLECTION, soon());
};
/** Another replica, that does this when a chunk of it is sent for the first time. */
const replica = (chunkMembers: number, work: () => Promise<unknown>): CaptureContext => {
  let done = false;
  const onPoint = async (name: string): Promise<void> => {
    if (name !== 'capture.chunk-sent' || done) return;
    done = true;
    await work();
  };
  return { ...capture.context, settings: { ...capture.context.settings, chunkMembers, onPoint } };
};
const published = async () => (await capture.collection())['published'];

it('a member that joins while its identity changes is sent with the new one', async () => {
  site.set(contentOf(1, 2, 3, 4, 5));
  await capture.converge();
  site.set(contentOf(1, 2, 3, 4));
  await capture.converge();
  capture.sent();

  // the change of the identity is written, and not committed yet
  const [written, commit] = [gate(), gate()];
  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    capture.database.transaction(async (tx) => {
      const answer = await work(tx);
      written.open();
      await commit.opened;
      return answer;
    });
  const database = new Proxy(capture.database, {
    get: (real, name) => (name === 'transaction' ? transaction : (Reflect.get(real, name, real) as unknown)),
  });
  const changing = updateIdentities({ ...capture.context, database }, 'device', [
    { resource: 5, name: 'PC5', identity: { deviceId: deviceIdOf(55) } },
  ]);
  await written.opened;
  site.set(contentOf(1, 2, 3, 4, 5));
  const joining = read();
  const joined = async () => (await capture.members()).includes(5);
  await eventually(async () => (await joined()) || (await waitingForLock()), {
    what: 'the read to commit, or to wait',
  });
  await sendContent(capture.context, COLLECTION, soon());
  commit.open();
  await Promise.all([changing, joining]);
  await capture.work();
  const sent = capture.sent().flatMap(({ adds }) => adds);
  expect(sent.filter(({ resource }) => resource === 5).at(-1)).toMatchObject({
    identity: { deviceId: deviceIdOf(55) },
  });
});

const waitingForLock = async (): Promise<boolean> =>
  (
    await capture.database.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
    )
  ).length > 0;

it('a delta that was given up leaves the published version where it was, whatever else was sent', async () => {
  await capture.map(OTHER);
  site.set(contentOf(4, 5, 6));
  await read();
  // a replica that is behind: it sends this version while the other one has read the next
  const [reached, goOn] = [gate(), gate()];
  const behind = sendContent(
    replica(1_000, async () => {
      reached.open();
      await goOn.opened;
    }),
    COLLECTION,
    soon(),
  );
  await reached.opened;
  site.set(contentOf(4, 5, 7));
  await read();
  const ahead = replica(2, async () => {
    goOn.open();
    await behind;
  });
  await sendContent(ahead, COLLECTION, soon());
  const [first] = capture.sent();
  expect(await published()).toBe(first!.to);
  await capture.work();
  const after = capture.sent().filter(({ targets }) => targets.some(({ target }) => target === TARGET));
  expect(after).toMatchObject([{ content: 'delta', from: first!.to, adds: [{ resource: 7 }], removes: [6] }]);
});

it('a mapping that is paused after its content was planned is sent none', async () => {
  const mapping = await capture.map(OTHER);
  site.set(contentOf(4, 5, 6));
  await read();
  const pausing = replica(1_000, () => capture.map({ ...OTHER, state: 'paused', activated: mapping.activated }));
  await sendContent(pausing, COLLECTION, soon());
  expect(capture.sent().map(({ targets }) => targets.map(({ target }) => target))).toEqual([[TARGET]]);
});
