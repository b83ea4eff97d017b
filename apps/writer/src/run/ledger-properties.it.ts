import fc from 'fast-check';
import { TOPICS, type Mapping } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fuse } from '../../test/fuse.js';
import { Harness, objectOf } from '../../test/writer-harness.js';
import { mergeNext } from '../merge/merge-next.js';

const DEVICES = 12;
const GROUPS = 40;
/** a merge takes a step for each chunk; a lease runs out, and a call is too late, only when the test lets time pass */
const SETTINGS = { leaseMs: 20_000, deadlineMs: 15_000, listingLagMs: 0, mergeChunks: 1 };

let h: Harness;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld(
    {
      devices: DEVICES + 4,
      groups: Array.from({ length: GROUPS }, () => ({ members: [13, 14] })),
    },
    SETTINGS,
  );
});

afterAll(() => h.close());

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: DEVICES }), { maxLength: 6 });
/** What may happen to one target, in any order. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delta' as const), adds: numbers, removes: numbers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('complete' as const), members: numbers, full: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lost' as const), adds: numbers }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('slow' as const), members: numbers, full: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('busy' as const),
      at: fc.constantFrom('writer.listed', 'writer.call-written', 'writer.answer-received'),
      adds: numbers,
      removes: numbers,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      at: fc.constantFrom('writer.listed', 'writer.call-written', 'writer.answer-received', 'writer.answers-stored'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), add: numbers, remove: numbers }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('follow' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('silence' as const),
      done: fc.constantFrom('none' as const, 'some' as const, 'all' as const),
    }),
  },
);

describe('whatever happens', () => {
  it('the group is what was desired in the end, every run adds up, and status knows every member', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        group = (group % GROUPS) + 1;
        await h.control.clearFaults();
        let mapping: Mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000, maxShare: 1 } });
        /** what the source holds, what it has sent, and its version */
        let truth = new Set<number>();
        let version = 0;
        let asked = 0;
        const sent: Parameters<Harness['content']>[1][] = [];
        const send = async (change: Parameters<Harness['content']>[1], betweenSteps?: () => Promise<unknown>) => {
          sent.push(change);
          await h.chunked(mapping, change, 2);
          while (await mergeNext(h.writer)) await betweenSteps?.();
        };
        const sendAll = async (full: boolean, betweenSteps?: () => Promise<unknown>) => {
          version = h.tick();
          asked += 1;
          const marked = full ? { mode: 'full' as const, reason: `command:${mapping.activated}:${asked}` } : {};
          await send({ adds: [...truth], to: version, ...marked }, betweenSteps);
        };
        const wanted = async () => {
          const ofTarget = 'select m.resource from member m join target t on t.id = m.target where t.target = $1';
          return (await h.database.query<{ resource: number }>(ofTarget, [mapping.target])).map((row) => row.resource);
        };
        const sendDelta = async (change: { adds: number[]; removes: number[] }) => {
          const removes = change.removes.filter((n) => !change.adds.includes(n));
          const from = version;
          version = h.tick();
          truth = new Set([...truth, ...change.adds].filter((n) => !removes.includes(n)));
          await send({ content: 'delta', from, to: version, adds: change.adds, removes });
        };
        await sendAll(true);
        await h.run();
        for (const one of steps) {
          switch (one.do) {
            case 'delta':
              await sendDelta(one);
              break;
            case 'busy': {
              // a change that comes in the middle of a run
              let came = false;
              const onPoint = async (name: string) => {
                if (name !== one.at || came) return;
                came = true;
                await sendDelta(one);
              };
              await h.replica({ ...SETTINGS, onPoint }).run();
              break;
            }
            case 'lost':
              version = h.tick();
              truth = new Set([...truth, ...one.adds]);
              break;
            case 'complete':
              truth = new Set(one.members);
              await sendAll(one.full);
              break;
            case 'slow': {
              // runs between the steps of a merge never remove what the ledger wanted before and the content still names
              const stays = (await wanted()).filter((n) => one.members.includes(n));
              const there = (await h.members(group)).filter((n) => stays.includes(n));
              truth = new Set(one.members);
              await sendAll(one.full, async () => {
                await h.run();
                expect(await h.members(group)).toEqual(expect.arrayContaining(there));
              });
              break;
            }
            case 'repeat': {
              const again = sent.at(-one.back);
              if (again) await h.content(mapping, again);
              await h.merge();
              break;
            }
            case 'run':
              await h.run();
              break;
            case 'die': {
              const fuse = new Fuse();
              await h
                .replica({ ...SETTINGS, onPoint: fuse.at(one.at) }, fuse)
                .run()
                .catch(() => undefined);
              break;
            }
            case 'pass':
              await h.pass();
              break;
            case 'edit':
              await h.control.editGroup(`Group${group}`, {
                add: one.add.map(objectOf),
                remove: one.remove.map(objectOf),
              });
              break;
            case 'follow':
              await h.follow();
              break;
            case 'cancel':
              await h.command('cancel', { group_: group });
              break;
            case 'pause':
              await h.map({ group_: group, state: 'paused', activated: mapping.activated });
              mapping = await h.map({ group_: group, guard: { neverEmptyFrom: 1_000, maxShare: 1 } });
              break;
            case 'silence':
              await h.control.fault({
                face: 'graph',
                url: '\\$batch',
                level: 'outer',
                times: 1,
                wire: 'reset',
                applied: one.done,
              });
              break;
          }
        }
        await h.control.clearFaults();
        // what others did to the group, or a run that was stopped, takes a full run to find; everything else the ledger knows
        await sendAll(steps.some((one) => ['edit', 'cancel', 'pause'].includes(one.do)));
        await runsEnd();
        expect(await h.members(group)).toEqual([...truth].sort((a, b) => a - b));
        const shown = await h.shown(group);
        expect(shown).toEqual(new Map([...shown.keys()].map((key) => [key, 'applied'])));
        expect([...shown.keys()].map(Number).sort((a, b) => a - b)).toEqual([...truth].sort((a, b) => a - b));
        for (const event of await h.events(group)) {
          if (event.event === 'completed' || event.event === 'failed' || event.event === 'cancelled') {
            expect(event.counts.unaccounted, JSON.stringify(event)).toBe(0);
            for (const count of Object.values(event.counts.outcomes)) expect(count).toBeGreaterThanOrEqual(0);
          }
        }
        expect(await h.control.alarms()).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
    // else nothing was said of full runs that list nothing
    const byCopy = await h.database.query(
      `select from outbox where topic = $1 and value::jsonb -> 'comparison' ->> 'by' = 'copy' limit 1`,
      [TOPICS.run],
    );
    expect(byCopy).toHaveLength(1);
  }, 900_000);
});

/** Until no run is open, nothing is due and no second look is outstanding. */
const runsEnd = (): Promise<boolean> =>
  eventually(
    async () => {
      await h.run();
      const [left] = await h.database.query<{ left: number }>(
        `select (select count(*) from run where ended_at is null) + (select count(*) from entry where second_look_at is not null)
           + (select count(*) from target where due is not null and due_at < clock_timestamp() + interval '5 s' and state = 'active') as left`,
      );
      if (left?.left === 0) return true;
      await h.pass();
      return false;
    },
    { what: 'the runs to end' },
  );
