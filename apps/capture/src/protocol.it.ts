import { randomUUID } from 'node:crypto';
import { TOPICS, type MembershipDelta } from '@collection-sync/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, deviceIdOf, FakeSite } from '../test/fake-site.js';
import { CaptureHarness, COLLECTION, mappingOf, TARGET, TENANT } from '../test/harness.js';
import { commitRead } from './read/commit-read.js';
import { runMaintenance } from './maintain/run-maintenance.js';
import { readCollection } from './read/read-collection.js';
import { sendContent } from './send/send-content.js';
import { beginRead, stageMembers } from './store/reads.js';
import { saveIdentityChanges } from './store/resources.js';
import { receiveAnswer, type WriterAnswer } from './confirm/receive-answer.js';

let site: FakeSite;
let capture: CaptureHarness;
let first: MembershipDelta;

beforeEach(async () => {
  site = new FakeSite();
  site.set(contentOf(1, 2, 3, 4));
  capture = await CaptureHarness.mapped(site);
  [first] = capture.sent() as [MembershipDelta];
});
afterEach(() => capture.close());

const answer = (event: WriterAnswer['event'], transfer: string, version: number, more: object = {}): WriterAnswer =>
  ({
    producer: 'writer',
    event,
    target: TARGET,
    collection: COLLECTION,
    activated: first.targets[0]!.activated,
    at: new Date().toISOString(),
    sequence: 1,
    transfer,
    version,
    ...(event === 'merged'
      ? { mode: 'incremental', content: 'complete', pending: 0, readAt: new Date().toISOString() }
      : {}),
    ...more,
  }) as WriterAnswer;

const hear = (said: WriterAnswer) => receiveAnswer(capture.context, said);
const mergedFirst = () =>
  hear(answer('merged', first.transfer, first.to, { mode: 'full', reason: first.targets[0]!.reason }));
const later = (what: string) =>
  capture.database.query(`update target set ${what} = ${what} - interval '16 minutes' where ${what} is not null`);
const house = () => runMaintenance(capture.context, AbortSignal.timeout(30_000));

describe('a read', () => {
  it('is dropped when a later one has committed', async () => {
    const late = (await beginRead(capture.database, COLLECTION))!;
    await stageMembers(capture.database, COLLECTION, late.readNo, [{ resource: 1, kind: 'device', name: 'PC1' }]);
    await capture.reread();
    const proof = {
      verdict: 'complete' as const,
      at: new Date().toISOString(),
      durationMs: 1,
      rows: 1,
      distinct: 1,
      stated: 1,
      pages: 1,
      evaluatedMeanwhile: false,
      leaversConfirmed: 0,
    };
    const read = { collection: COLLECTION, ...late, proof, seen: null, retryMs: 0, retryMaxMs: 0 };
    expect(await commitRead(capture.context, read)).toBe(false);
    expect(await capture.members()).toEqual([1, 2, 3, 4]);
  });

  it('whose staged rows were lost removes nobody', async () => {
    const begun = (await beginRead(capture.database, COLLECTION))!;
    const proof = {
      verdict: 'complete',
      at: new Date().toISOString(),
      durationMs: 1,
      rows: 4,
      distinct: 4,
      stated: 4,
      pages: 1,
    } as const;
    const read = {
      collection: COLLECTION,
      ...begun,
      proof: { ...proof, evaluatedMeanwhile: false, leaversConfirmed: 0 },
      seen: null,
      retryMs: 0,
      retryMaxMs: 0,
    };
    await expect(commitRead(capture.context, read)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await capture.members()).toEqual([1, 2, 3, 4]);
  });

  it('during an evaluation believes only leavers that a keyed read confirms', async () => {
    site.evaluating = true;
    site.set(contentOf(1, 2, 3));
    await capture.converge();
    expect(await capture.members()).toEqual([1, 2, 3]);
    expect(await capture.collection()).toMatchObject({
      last_read: { verdict: 'complete', evaluatedMeanwhile: true, leaversConfirmed: 1 },
    });
    // 1 is not there when its page is read, and back when it is asked for by its key
    site.set(contentOf(2, 3, 9));
    site.between = () => site.set(contentOf(1, 2));
    await capture.converge();
    expect(await capture.members()).toContain(1);
    expect(await capture.collection()).toMatchObject({
      last_read: { verdict: 'partial', why: expect.stringContaining('1 members that it did not show are still there') },
    });
    await capture.converge();
    expect(await capture.members()).toEqual([1, 2]);
  });

  it('with a new name alone makes no version', async () => {
    const { version } = await capture.collection();
    await capture.database.query(`update resource set name = 'OLD' where id = 1`);
    await capture.reread();
    expect(await capture.collection()).toMatchObject({ version });
    const [named] = await capture.database.query('select name from resource where id = 1');
    expect(named).toEqual({ name: 'PC1' });
  });
});

describe('identities', () => {
  it('are looked at again without a read of the members, and told by the next delta', async () => {
    site.set([...contentOf(1, 2, 3, 4), [5, undefined]]);
    await capture.converge();
    expect(capture.sent().flatMap(({ adds }) => adds)).toMatchObject([{ resource: 5, identity: {} }]);
    const { read_no } = await capture.collection();
    site.content.set(5, deviceIdOf(5));
    await capture.refreshAllIdentities();
    await capture.work();
    expect(capture.sent().flatMap(({ adds }) => adds)).toMatchObject([
      { resource: 5, identity: { deviceId: deviceIdOf(5) } },
    ]);
    expect(await capture.collection()).toMatchObject({ read_no });
  });

  it('whose directory object changed are told again, without asking the site', async () => {
    const { read_no } = await capture.collection();
    const identities = [{ change: 'appeared' as const, deviceId: deviceIdOf(2) }];
    const changes = [{ tenant: TENANT, at: new Date().toISOString(), identities }];
    await capture.database.transaction((tx) => saveIdentityChanges(tx, changes));
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'delta', from: first.to, adds: [{ resource: 2 }], removes: [] }]);
    expect(await capture.collection()).toMatchObject({ read_no });
  });

  it('whose directory object is gone are asked for until the site knows another one', async () => {
    const change = (kind: 'gone' | 'appeared', id: string) =>
      capture.database.transaction((tx) =>
        saveIdentityChanges(tx, [
          { tenant: TENANT, at: new Date().toISOString(), identities: [{ change: kind, deviceId: id }] },
        ]),
      );
    await change('gone', deviceIdOf(2));
    await capture.work();
    expect(capture.sent()).toMatchObject([{ adds: [{ resource: 2, identity: { deviceId: deviceIdOf(2) } }] }]);
    site.content.set(2, deviceIdOf(22));
    await capture.refreshIdentities();
    await capture.work();
    expect(capture.sent()).toMatchObject([{ adds: [{ resource: 2, identity: { deviceId: deviceIdOf(22) } }] }]);
  });

  it('that change twice before the directory shows them are found within the hour', async () => {
    const looked = () => capture.database.query('select id from resource where look_again');
    for (const id of [22, 23]) {
      site.content.set(2, deviceIdOf(id));
      await (id === 22 ? capture.refreshAllIdentities() : capture.refreshIdentities());
      await capture.work();
      expect(capture.sent()).toMatchObject([{ adds: [{ resource: 2, identity: { deviceId: deviceIdOf(id) } }] }]);
    }
    expect(await looked()).toEqual([{ id: 2 }]);
    await capture.database.query("update resource set look_until = look_until - interval '1 hour'");
    await capture.refreshIdentities();
    expect(await looked()).toEqual([]);
  });

  it('of another tenant than the mapping are left alone', async () => {
    const changes = [
      {
        tenant: '11111111-0000-4000-8000-000000000001',
        at: new Date().toISOString(),
        identities: [{ change: 'gone' as const, deviceId: deviceIdOf(2) }],
      },
    ];
    await capture.database.transaction((tx) => saveIdentityChanges(tx, changes));
    await capture.work();
    expect(capture.sent()).toEqual([]);
  });
});

describe('an answer', () => {
  it('clears the full that was asked for only when it says full, for that reason', async () => {
    await hear(answer('merged', first.transfer, first.to));
    expect(await capture.target()).toMatchObject({ full_reason: first.targets[0]!.reason, merged: first.to });
    await hear(answer('merged', first.transfer, first.to, { mode: 'full', reason: 'activated:77' }));
    expect(await capture.target()).toMatchObject({ full_reason: first.targets[0]!.reason });
    await mergedFirst();
    expect(await capture.target()).toMatchObject({ full_reason: null, behind_since: null });
  });

  it('that content is missing is served with a complete above the version it names', async () => {
    await mergedFirst();
    const ahead = first.to + 10_000_000;
    await hear(answer('content-missing', first.transfer, ahead));
    await capture.work();
    const [again] = capture.sent();
    expect(again).toMatchObject({ content: 'complete', mode: 'incremental', from: 0 });
    expect(again!.to).toBeGreaterThan(ahead);
  });

  it('that the writer has merged less than it told asks for a full, once', async () => {
    await mergedFirst();
    const restored = answer('ledger-version', first.transfer, first.to - 1, { sequence: 2 });
    await hear(restored);
    await capture.work();
    const sent = capture.sent();
    expect(sent.at(-1)).toMatchObject({ mode: 'full', targets: [{ reason: 'restored:2' }] });
    await hear(
      answer('merged', sent.at(-1)!.transfer, sent.at(-1)!.to, { sequence: 3, mode: 'full', reason: 'restored:2' }),
    );
    await hear(restored);
    await capture.work();
    expect(capture.sent()).toEqual([]);
    expect(await capture.target()).toMatchObject({ full_reason: null, merged: sent.at(-1)!.to });
  });

  it('that the writer has merged more than was sent is served with a complete above it', async () => {
    await mergedFirst();
    await hear(answer('ledger-version', first.transfer, first.to + 1_000_000, { sequence: 2 }));
    await capture.work();
    const [again] = capture.sent();
    expect(again).toMatchObject({ content: 'complete', mode: 'incremental' });
    expect(again!.to).toBeGreaterThan(first.to + 1_000_000);
  });

  it('that names a version being sent just now is no sign of a restored database', async () => {
    await mergedFirst();
    site.set(contentOf(1, 2, 3));
    let heard = 0;
    capture.atPoint = async (point) => {
      if (point !== 'capture.chunk-sent') return;
      const { version } = await capture.collection();
      heard = Number(version);
      await hear(answer('ledger-version', first.transfer, heard, { sequence: 2 }));
    };
    await capture.converge();
    capture.atPoint = undefined;
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'delta', to: heard }]);
  });

  it('about another activated, or an older transfer than the last complete, is ignored', async () => {
    await mergedFirst();
    await hear(answer('content-missing', first.transfer, 0, { activated: 99 }));
    await capture.command('resend');
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'complete' }]);
    await hear(answer('content-missing', first.transfer, 0));
    await hear(answer('merged', randomUUID(), first.to + 5));
    await capture.work();
    expect(capture.sent()).toEqual([]);
    expect(await capture.target()).toMatchObject({ merged: first.to });
  });

  it('that does not come is waited for 15 minutes, then twice as long, and what goes again stays full', async () => {
    await house();
    await capture.work();
    expect(capture.sent()).toEqual([]);
    await later('behind_since');
    await house();
    await capture.work();
    expect(capture.sent()).toMatchObject([
      { content: 'complete', mode: 'full', targets: [{ reason: first.targets[0]!.reason }] },
    ]);
    await later('behind_since');
    await house();
    await capture.work();
    expect(capture.sent()).toEqual([]);
    await later('behind_since');
    await house();
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'complete', mode: 'full' }]);
  });

  it('that does not come holds up other re-sends beyond a million members', async () => {
    const GROUPS = [2, 3].map((n) => `6a000000-0000-4000-8000-00000000000${n}`);
    for (const group of GROUPS) await capture.map({ target: `${TENANT}/${group}`, group });
    await capture.work();
    capture.sent();
    await capture.database.query('update collection set count = 600000');
    await later('behind_since');
    await house();
    expect(await capture.database.query('select from target where owed > served')).toHaveLength(1);
  });
});

describe('sending', () => {
  it('is complete again, under the new rule, when the mapping says something else of disabled objects', async () => {
    await mergedFirst();
    const policy = { ...mappingOf().policy, disabledObjects: 'remove' as const };
    const { activated } = first.targets[0]!;
    await capture.map({ activated, policy });
    await capture.converge();
    const sent = capture.sent();
    expect(sent).toMatchObject([
      { content: 'complete', mode: 'incremental', targets: [{ disabledObjects: 'remove' }] },
    ]);
    expect(sent[0]?.adds.map(({ resource }) => resource)).toEqual([1, 2, 3, 4]);
    expect(first.targets).toMatchObject([{ disabledObjects: 'keep' }]);
    await capture.map({ activated, policy });
    await capture.converge();
    expect(capture.sent()).toEqual([]);
  });

  it('is done again after a crash in the middle, under a new id', async () => {
    await mergedFirst();
    site.set(contentOf(1, 2));
    capture.publisher.refuse = () => new Error('the process died');
    await capture.converge();
    expect(capture.sent()).toEqual([]);
    expect(await capture.collection()).toMatchObject({ published: first.to });
    capture.publisher.refuse = undefined;
    await capture.reread();
    expect(capture.sent()).toMatchObject([{ content: 'delta', from: first.to, removes: [3, 4] }]);
  });

  it('of a delta is given up before its last chunk when another replica has published it meanwhile', async () => {
    site.set(contentOf(4, 5, 6));
    let others = false;
    const { settings } = capture.context;
    const context = {
      ...capture.context,
      settings: {
        ...settings,
        chunkMembers: 2,
        onPoint: async (name: string) => {
          if (name !== 'capture.chunk-sent' || others) return;
          others = true;
          await sendContent({ ...capture.context, settings }, COLLECTION, AbortSignal.timeout(30_000));
        },
      },
    };
    await capture.tick();
    await readCollection(context, COLLECTION, AbortSignal.timeout(30_000));
    await sendContent(context, COLLECTION, AbortSignal.timeout(30_000));
    const chunks = capture.sent();
    const whole = chunks.filter(({ transfer }) => transfer !== chunks[0]!.transfer);
    expect(whole).toMatchObject([{ content: 'delta', last: true }]);
    expect(whole[0]!.removes).toEqual([1, 2, 3]);
    expect(chunks.filter(({ transfer }) => transfer === chunks[0]!.transfer).map(({ last }) => last)).not.toContain(
      true,
    );
    expect(await capture.collection()).toMatchObject({ published: whole[0]!.to, version: whole[0]!.to });
  });

  it('goes to each target once a day as complete, spread over the day', async () => {
    await mergedFirst();
    await capture.database.query(`update target set last_complete_at = clock_timestamp() - interval '25 hours'`);
    await house();
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'complete', mode: 'incremental' }]);
    await house();
    await capture.work();
    expect(capture.sent()).toEqual([]);
  });

  it('spares paused mappings, and gives a resumed one everything', async () => {
    await capture.map({ state: 'paused', activated: first.targets[0]!.activated });
    site.set(contentOf(1, 2, 3));
    await capture.converge();
    expect(capture.sent()).toEqual([]);
    const resumed = await capture.map();
    await capture.converge();
    expect(capture.sent()).toMatchObject([
      {
        content: 'complete',
        mode: 'full',
        targets: [{ activated: resumed.activated, reason: `activated:${resumed.activated}` }],
      },
    ]);
  });

  it('gives a target whose mirror was away the complete content, and the others the delta', async () => {
    await mergedFirst();
    const other = '11111111-0000-4000-8000-000000000001';
    const group = '6a000000-0000-4000-8000-000000000002';
    await capture.directory('ready', other);
    await capture.map({ target: `${other}/${group}`, tenant: other, group });
    await capture.work();
    capture.sent();
    await capture.directory('unavailable', other);
    site.set(contentOf(1, 2, 3, 4, 5));
    await capture.converge();
    expect(capture.sent()).toMatchObject([{ content: 'delta', targets: [{ target: TARGET }] }]);
    await capture.directory('ready', other);
    await capture.work();
    expect(capture.sent()).toMatchObject([{ content: 'complete', targets: [{ tenant: other }] }]);
  });
});

describe('a command', () => {
  it('is acted on once, and never when it has expired', async () => {
    await mergedFirst();
    const id = randomUUID();
    await capture.command('resend', { id });
    await capture.work();
    expect(capture.sent()).toHaveLength(1);
    await capture.command('resend', { id });
    await capture.command('resend', { expiresAt: new Date(Date.now() - 1000).toISOString() });
    await capture.work();
    expect(capture.sent()).toEqual([]);
  });

  it('for a paused mapping is refused with what to do', async () => {
    await capture.map({ state: 'paused' });
    await capture.published(TOPICS.run);
    const command = await capture.command('full');
    await capture.work();
    expect(await capture.published(TOPICS.run)).toMatchObject([
      { event: 'command-answered', command, accepted: false, message: expect.stringContaining('Resume') },
    ]);
  });
});
