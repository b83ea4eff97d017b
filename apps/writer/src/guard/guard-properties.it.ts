import fc from 'fast-check';
import type { GuardPolicy, Mapping } from '@collection-sync/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fuse } from '../../test/fuse.js';
import { Harness, objectOf } from '../../test/writer-harness.js';

const DEVICES = 6;
const GROUPS = 60;
const LIMIT = 4;
/** they run out when the test lets time pass */
const LONG = { leaseMs: 20_000, deadlineMs: 15_000 };

let h: Harness;
let group = 0;

beforeAll(async () => {
  h = await Harness.inWorld(
    { devices: DEVICES + 4, groups: Array.from({ length: GROUPS }, () => ({ members: [9] })) },
    LONG,
  );
});

afterAll(() => h.close());

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: DEVICES }), { maxLength: 5 });
const done = fc.constantFrom('none' as const, 'some' as const, 'all' as const);
const points = ['writer.call-written', 'writer.answer-received', 'writer.answers-stored'];
/** What may happen to one target, in any order. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('delta' as const), adds: numbers, removes: numbers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('complete' as const), members: numbers, full: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('run' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('silence' as const), done }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('refuse' as const),
      method: fc.constantFrom('PATCH', 'POST', 'DELETE'),
      status: fc.constantFrom(409, 503),
      times: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('busy' as const),
      at: fc.constantFrom(...points),
      adds: numbers,
      removes: numbers,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die' as const), at: fc.constantFrom(...points) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('foreign' as const), adds: numbers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('approve' as const, 'reject' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'map anew' as const, 'a day' as const) }),
  },
);

describe('whatever happens', () => {
  const properties: [string, Partial<GuardPolicy>][] = [
    ['no more leave in a day than the limit allows, but by an approval', { maxRemovals: LIMIT, maxShare: 1 }],
    ['no group of two or more is emptied, but by an approval', { maxShare: 1 }],
  ];
  it.each(properties)('%s', { timeout: 900_000 }, async (_, guard) => {
    const limit = guard.maxRemovals ?? Number.POSITIVE_INFINITY;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        group = (group % GROUPS) + 1;
        await h.control.clearFaults();
        let mapping: Mapping = await h.map({ group_: group, guard });
        let truth = new Set<number>();
        let version = 0;
        const approved = new Set<number>();
        const left: number[] = [];
        let inGroup = await h.members(group);
        const seen = new Set(inGroup);

        const sendAll = async (full: boolean) => {
          version = h.tick();
          const marked = full ? { mode: 'full' as const, reason: `command:${version}` } : {};
          await h.content(mapping, { adds: [...truth], to: version, ...marked });
          await h.merge();
        };
        const sendDelta = async (change: { adds: number[]; removes: number[] }) => {
          const removes = change.removes.filter((n) => !change.adds.includes(n));
          const from = version;
          version = h.tick();
          truth = new Set([...truth, ...change.adds].filter((n) => !removes.includes(n)));
          for (const n of change.adds) approved.delete(n);
          await h.content(mapping, { content: 'delta', from, to: version, adds: change.adds, removes });
          await h.merge();
        };
        const look = async () => {
          const now = await h.members(group);
          const gone = inGroup.filter((n) => !now.includes(n));
          left.push(...gone.filter((n) => !approved.has(n)));
          for (const n of gone) approved.delete(n);
          for (const n of now) seen.add(n);
          inGroup = now;
          expect(left.length, `left without approval: ${left.join(', ')}`).toBeLessThanOrEqual(limit);
          if (now.length === 0 && seen.size >= 2) expect(left, 'the group was emptied').toEqual([]);
        };

        await sendAll(true);
        await h.run();
        await look();
        for (const one of steps) {
          switch (one.do) {
            case 'delta':
              await sendDelta(one);
              break;
            case 'complete':
              truth = new Set(one.members);
              for (const n of truth) approved.delete(n);
              await sendAll(one.full);
              break;
            case 'run':
              await h.run();
              break;
            case 'silence': {
              const fault = { url: '\\$batch', level: 'outer', wire: 'reset', times: 1, applied: one.done } as const;
              await h.control.fault({ face: 'graph', ...fault });
              break;
            }
            case 'refuse': {
              const { method, status, times } = one;
              await h.control.fault({ face: 'graph', method, level: 'part', status, times, applied: 'none' });
              break;
            }
            case 'busy': {
              let came = false;
              const onPoint = async (name: string) => {
                if (name !== one.at || came) return;
                came = true;
                await sendDelta(one);
              };
              await h.replica({ ...LONG, onPoint }).run();
              break;
            }
            case 'die': {
              const fuse = new Fuse();
              const dying = h.replica({ ...LONG, onPoint: fuse.at(one.at) }, fuse);
              await dying.run().catch(() => undefined);
              break;
            }
            case 'pass':
              await h.pass();
              break;
            case 'foreign':
              await h.control.editGroup(`Group${group}`, { add: one.adds.map(objectOf) });
              break;
            case 'approve':
            case 'reject': {
              const plan = (await h.last('held', group))?.plan;
              if (plan === undefined) break;
              await h.command(one.do, { group_: group, plan });
              const rows = await h.database.query<{ object: string }>(
                `select e.object from entry e join target t on t.id = e.target where t.target = $1 and e.approved`,
                [h.target(group)],
              );
              for (const { object } of rows) approved.add(Number(object.slice(-12)));
              break;
            }
            case 'cancel':
              await h.command('cancel', { group_: group });
              break;
            case 'map anew':
              await h.map({ group_: group, state: 'deleting', onDelete: 'leave' });
              await h.map({ group_: group, state: 'deleted' });
              mapping = await h.map({ group_: group, guard });
              approved.clear();
              await sendAll(true);
              break;
            case 'a day':
              await h.database.query(`update departure set at = at - interval '25 h'`);
              left.length = 0;
              seen.clear();
              for (const n of inGroup) seen.add(n);
              break;
          }
          await look();
        }
        await h.control.clearFaults();
        await h.pass();
        await h.run();
        await look();
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
