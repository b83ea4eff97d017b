import { eventually } from '@collection-sync/testing';
import { Fixture, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

/** What cannot be known counts against removal: adds without an answer are no members, neither in a group's size nor among those that stay. */
export const unconfirmedAddsAreNoMembers = (options: PromiseOptions): Promise<Proof> =>
  prove('11 adds without an answer are no members', options, async (trial) => {
    const { cluster, random } = trial;
    const fixture = await Fixture.create(cluster, random, { name: 'p11', collections: 1, devices: 24, policy: {} });
    const [collection] = fixture.collections as [Collection];
    trial.found(await fixture.converge());
    for (let round = 0; round < trial.repetitions; round += 1)
      await emptied(trial, fixture, collection, round % 2 === 1);
  });

/** Newcomers join without an answer, then all the others leave: the group would be empty, for all that is known. In some rounds a writer dies over an answer. */
const emptied = async (trial: Trial, fixture: Fixture, collection: Collection, dies: boolean): Promise<void> => {
  const { cluster, random } = trial;
  const before = [...collection.members];
  const known = await fixture.inGroup(collection);
  const applied = random.one(['none', 'all'] as const);
  await trial.fault(() => addsAreNotAnswered(trial, collection, applied));
  if (dies) await trial.fault(() => cluster.arm('writer.answer-received'));
  await fixture.change(collection, random.some(fixture.outsiders(collection), 1 + random.below(3)), []);
  await addsRequested(trial);
  await fixture.change(collection, [], before);
  const gone = async (): Promise<number> => {
    const there = new Set(await fixture.inGroup(collection));
    return known.filter((object) => !there.has(object)).length;
  };
  const held = async (): Promise<boolean> => (await fixture.plans(collection)).length > 0;
  await eventually(async () => (await held()) || (await gone()) > 0, { deadline: 60_000, what: 'a plan' });
  const removed = await gone();
  trial.expect(removed === 0, `${removed} members were removed although it is not known that anybody stays`);
  await cluster.disarm('writer.answer-received');
  await cluster.outside.clearFaults();
  await fixture.change(collection, before, []);
  trial.found(await fixture.converge());
};

const addsAreNotAnswered = async (
  { cluster }: Trial,
  { group }: Collection,
  applied: 'none' | 'all',
): Promise<void> => {
  for (const method of ['PATCH', 'POST'])
    await cluster.outside.fault({ face: 'graph', group, method, level: 'part', status: 503, applied });
};

const addsRequested = ({ cluster }: Trial): Promise<unknown> =>
  eventually(
    async () => (await cluster.outside.send<{ hits: number }[]>('GET', '/faults')).some(({ hits }) => hits > 0),
    { deadline: 60_000, what: 'an add without an answer' },
  );
