import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness, objectOf, startWorld } from '../../test/writer-harness.js';
import { countRemovals } from './plans.js';
import { ENTRY_STATES, gone, member, perhapsThere, stays, unapprovedRemoval, unsettled } from './entry-states.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let h: Harness;
let target: number;

beforeAll(async () => {
  world = await startWorld({ devices: 1 });
  h = await Harness.start(world.sim);
  await h.map();
  const [row] = await h.database.query<{ id: number }>('select id from target');
  target = row?.id ?? -1;
});

afterAll(async () => {
  await h.close();
  await world.sim.close();
});

const PLANS = { open: '00000000-0000-4000-8000-00000000000a', rejected: '00000000-0000-4000-8000-00000000000b' };

interface Sample {
  wanted: boolean;
  applied: boolean;
  unconfirmed: boolean;
  deleteUnanswered: boolean;
  approved: boolean;
  plan: keyof typeof PLANS | null;
  departures: { hoursAgo: number; approved: boolean }[];
}

/** Makes the ledger of the target consist of these. */
const store = async (samples: readonly Partial<Sample>[]): Promise<void> => {
  for (const table of ['entry', 'departure', 'plan']) await h.database.query(`delete from ${table}`);
  for (const [state, id] of Object.entries(PLANS)) {
    await h.database.query(
      `insert into plan (id, target, removals, guard, expires_at) values ($1, $2, 0, '{}', now())`,
      [id, target],
    );
    await h.database.query(`update plan set state = $2 where id = $1`, [id, state]);
  }
  await h.database.query(
    `insert into entry (target, object, wanted, applied, unconfirmed, delete_unanswered, approved, plan)
     select $1, object, wanted, applied, unconfirmed, coalesce("deleteUnanswered", false), coalesce(approved, false), plan
     from jsonb_to_recordset($2::jsonb) as s (object uuid, wanted boolean, applied boolean, unconfirmed boolean, "deleteUnanswered" boolean,
       approved boolean, plan uuid)`,
    [
      target,
      JSON.stringify(
        samples.map((one, at) => ({ ...one, object: objectOf(at), plan: one.plan ? PLANS[one.plan] : null })),
      ),
    ],
  );
  for (const [at, { departures = [] }] of samples.entries())
    for (const { hoursAgo, approved } of departures)
      await h.database.query(
        `insert into departure (target, object, at, approved)
         values ($1, $2, clock_timestamp() - make_interval(secs => $3::float8 * 3600), $4)`,
        [target, objectOf(at), hoursAgo, approved],
      );
};

const stateOf = (one: Pick<Sample, 'wanted' | 'applied' | 'unconfirmed'>) => {
  const found = ENTRY_STATES.filter(
    ({ wanted, applied, unconfirmed }) =>
      one.wanted === wanted && one.applied === applied && one.unconfirmed === unconfirmed,
  );
  expect(found).toHaveLength(1);
  return found[0] as (typeof ENTRY_STATES)[number];
};

describe('the states of an entry', () => {
  it('are all there is, and the predicates say of each what the table says', async () => {
    await store(ENTRY_STATES.map((one) => ({ ...one })));
    const rows = await h.database.query<Record<string, boolean>>(
      `select e.wanted, e.applied, e.unconfirmed, ${member('e')} as member, ${stays('e', 'p')} is true as stays,
         ${unapprovedRemoval('e')} as removal, ${gone('e')} as gone, ${perhapsThere('e')} as there, ${unsettled('e')} as unsettled
       from entry e left join plan p on p.id = e.plan`,
    );
    expect(rows).toHaveLength(8);
    for (const row of rows) {
      const { name, ...state } = stateOf(row as unknown as Sample);
      expect(row, name).toMatchObject(state);
      expect(row, name).toMatchObject({
        gone: name === 'gone',
        there: state.member || name.startsWith('perhaps'),
        unsettled: name !== 'in place' && name !== 'gone',
      });
    }
  });
});

const sample: fc.Arbitrary<Sample> = fc.record({
  wanted: fc.boolean(),
  applied: fc.boolean(),
  unconfirmed: fc.boolean(),
  deleteUnanswered: fc.boolean(),
  approved: fc.boolean(),
  plan: fc.constantFrom(null, null, 'open' as const, 'rejected' as const),
  departures: fc.array(fc.record({ hoursAgo: fc.constantFrom(1, 13, 23.9, 24.1), approved: fc.boolean() }), {
    maxLength: 2,
  }),
});

/** The group as the design has it, without SQL. */
const model = (samples: readonly Sample[]) => {
  const recent = samples.map(({ departures }) => departures.filter(({ hoursAgo }) => hoursAgo < 24));
  const of = (what: (one: Sample, departed: boolean) => boolean): number =>
    samples.filter((one, at) => what(one, (recent[at]?.length ?? 0) > 0)).length;
  const underWay = (one: Sample): boolean => stateOf(one).member && one.deleteUnanswered;
  return {
    removals: of(
      (one, departed) =>
        !one.approved &&
        (underWay(one) || (stateOf(one).removal && one.plan === null)) &&
        (stateOf(one).member || !departed),
    ),
    left: recent.flat().filter(({ approved }) => !approved).length,
    size: of((one, departed) => stateOf(one).member || departed),
    perhaps: of((one, departed) => stateOf(one).name === 'perhaps there' && !departed),
    staying: of(
      (one) =>
        !one.deleteUnanswered &&
        (stateOf(one).stays || (stateOf(one).name === 'to be removed' && one.plan === 'rejected')),
    ),
  };
};

describe('what the guard counts', () => {
  it('is what the model counts, whatever is in the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { maxLength: 8 }), async (samples) => {
        await store(samples);
        expect(await h.database.transaction((tx) => countRemovals(tx, target))).toEqual(model(samples));
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
