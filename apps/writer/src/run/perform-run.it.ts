import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, objectOf } from '../../test/writer-harness.js';

let h: Harness;

beforeAll(async () => {
  h = await Harness.inWorld({ devices: 60, groups: [{ members: [1, 2, 3] }] });
});

afterAll(() => h.close());

describe('the ten steps, as the writer sees them', () => {
  it('overwrites at first, changes only what changed later, and leaves what was changed in Entra to a full run', async () => {
    const mapping = await h.map();
    const first = await h.first(mapping, [2, 3]);
    await h.converge();
    expect(await h.members()).toEqual([2, 3]);
    expect(await h.last('completed')).toMatchObject({
      kind: 'full',
      counts: { planned: 1, joined: 0, outcomes: { removed: 1, applied: 0, notNeeded: 0 }, unaccounted: 0 },
      members: 2,
    });

    const second = await h.delta(mapping, first.to, [], [3]);
    await h.converge();
    expect(await h.members()).toEqual([2]);
    expect(await h.last('completed')).toMatchObject({ kind: 'incremental', counts: { outcomes: { removed: 1 } } });

    await h.control.editGroup('Group1', { add: [objectOf(4)] });
    await h.delta(mapping, second.to, [5]);
    await h.converge();
    expect(await h.members()).toEqual([2, 4, 5]);

    await h.content(mapping, { mode: 'full', reason: 'command:1', adds: [2, 5] });
    await h.converge();
    expect(await h.members()).toEqual([2, 5]);
    expect(await h.shown()).toEqual(
      new Map([
        ['2', 'applied'],
        ['5', 'applied'],
      ]),
    );
  });

  it('runs full only once for a reason, and not at all when nothing is pending', async () => {
    const before = (await h.events()).filter(({ event }) => event === 'started').length;
    const [target] = await h.database.query<{ activated: number; collection: string; merged: number }>(
      'select activated, collection, merged from target',
    );
    const mapping = { ...(await h.map({ version: 0, activated: target?.activated ?? 0 })) };
    await h.content(mapping, { mode: 'full', reason: 'command:1', adds: [2, 5] });
    await h.converge();
    expect((await h.events()).filter(({ event }) => event === 'started')).toHaveLength(before);
    expect(await h.last('merged')).toMatchObject({ mode: 'full', pending: 0 });
  });
});
