import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Harness, groupOf, startWorld } from '../test/writer-harness.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
beforeAll(async () => {
  world = await startWorld({ devices: 20, groups: [{}, {}] });
});
afterAll(() => world.sim.close());
beforeEach(async () => {
  h = await Harness.start(world.sim);
  return () => h.close();
});

/** The database refuses one kind of statement for the first group, as a defect of ours would; the return lets it pass again. */
const refuse = async (event: string, on: 'target' | 'entry' | 'plan'): Promise<() => Promise<unknown>> => {
  const row = event === 'delete' ? 'old' : 'new';
  const concerns = on === 'target' ? `${row}.group_id` : `(select group_id from target where id = ${row}.target)`;
  await h.database.query(
    `create function defect() returns trigger language plpgsql as
     $$ begin if ${concerns} = '${groupOf(1)}' then raise exception 'a defect'; end if; return ${row}; end $$`,
  );
  await h.database.query(`create trigger defect before ${event} on ${on} for each row execute function defect()`);
  return () => h.database.query('drop function defect() cascade');
};

const due = (): Promise<unknown> => h.database.query('update setback set retry_at = clock_timestamp()');

/** What fails for the first group is done for the second one, told, and done when it may be. */
const expectPutOff = async (work: string, repair: () => Promise<unknown>, again: () => Promise<unknown>) => {
  expect(await h.last('work-failed', 1)).toMatchObject({
    work,
    code: 'INTERNAL',
    message: expect.stringMatching(/: a defect$/) as string,
  });
  expect(await h.last('work-failed', 2)).toBeUndefined();
  await again();
  expect((await h.events(1)).filter(({ event }) => event === 'work-failed')).toHaveLength(1);
  await due();
  await again();
  expect((await h.events(1)).filter(({ event }) => event === 'work-failed')).toHaveLength(2);
  await repair();
  await due();
  expect(await h.last('work-resumed', 1)).toBeUndefined();
  await again();
  expect(await h.last('work-resumed', 1)).toMatchObject({ work });
};

describe('work that fails for no reason outside holds up no other target', () => {
  it('a merge', async () => {
    const [one, other] = [await h.map(), await h.map({ group_: 2 })];
    const repair = await refuse('insert', 'entry');
    await h.first(one, [1, 2, 3]);
    await h.first(other, [1, 2, 3]);
    await h.converge();
    expect(await h.last('completed', 2)).toBeDefined();
    await expectPutOff('merge', repair, () => h.merge());
    await h.converge();
    expect(await h.members(1)).toEqual([1, 2, 3]);
  });

  it('a change of a mapping', async () => {
    const repair = await refuse('update of mapping_version', 'target');
    await h.map();
    const other = await h.map({ group_: 2 });
    await h.first(other, [4]);
    await h.merge();
    expect(await h.last('merged', 2)).toBeDefined();
    await expectPutOff('mapping', repair, () => h.adopt());
  });

  it('a deletion', async () => {
    for (const group_ of [1, 2]) await h.first(await h.map({ group_ }), [5]);
    await h.converge();
    const repair = await refuse('delete', 'entry');
    for (const group_ of [1, 2]) await h.map({ group_, state: 'deleting', onDelete: 'leave' });
    expect(await h.last('released', 2)).toBeDefined();
    await expectPutOff('deletion', repair, () => h.adopt());
    expect(await h.last('released', 1)).toBeDefined();
  });

  it('held removals that expire', async () => {
    for (const group_ of [1, 2]) {
      const mapping = await h.map({ group_ });
      const { to } = await h.first(mapping, [6, 7, 8]);
      await h.converge();
      await h.delta(mapping, to, [], [6, 7, 8]);
      await h.merge();
    }
    const repair = await refuse('update of state', 'plan');
    await h.database.query(`update plan set expires_at = clock_timestamp()`);
    await h.expire();
    expect(await h.last('plan-closed', 2)).toMatchObject({ state: 'expired' });
    await expectPutOff('plans', repair, () => h.expire());
    expect(await h.last('plan-closed', 1)).toMatchObject({ state: 'expired' });
  });

  it('a command, which is answered with the reason', async () => {
    for (const group_ of [1, 2]) await h.first(await h.map({ group_ }), [9]);
    await h.converge();
    await refuse('update of refusals', 'target');
    const refused = await h.give('retry');
    const other = await h.command('retry', { group_: 2 });
    expect(await h.last('command-answered', 1)).toMatchObject({
      command: refused,
      accepted: false,
      message: expect.stringMatching(/^The command could not be acted on: a defect\.? This is a defect/) as string,
    });
    expect(await h.last('command-answered', 2)).toMatchObject({ command: other });
  });
});
