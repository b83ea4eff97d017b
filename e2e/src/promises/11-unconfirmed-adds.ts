import { eventually } from '@collection-sync/testing';
import { Estate, type Collection } from './estate.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

/** What cannot be known counts against removal: adds without an answer are no members, neither in a group's size nor among those that stay. */
export const unconfirmedAddsAreNoMembers = (options: PromiseOptions): Promise<Proof> =>
  prove('11 adds without an answer are no members', options, async (trial) => {
    const { cluster, random } = trial;
    const estate = await Estate.create(cluster, random, { name: 'p11', collections: 1, devices: 24, policy: {} });
    const [collection] = estate.collections as [Collection];
    trial.found(await estate.settle());
    for (let round = 0; round < trial.repetitions; round += 1)
      await emptied(trial, estate, collection, round % 2 === 1);
  });

/** Newcomers join without an answer, then all the others leave: the group would be empty, for all that is known. In some rounds a writer dies over an answer. */
const emptied = async (trial: Trial, estate: Estate, collection: Collection, dies: boolean): Promise<void> => {
  const { cluster, random } = trial;
  const before = [...collection.members];
  const known = await estate.inGroup(collection);
  const applied = random.one(['none', 'all'] as const);
  await trial.fault(() => addsAreNotAnswered(trial, collection, applied));
  if (dies) await trial.fault(() => cluster.arm('writer.answer-received'));
  await estate.change(collection, random.some(estate.outsiders(collection), 1 + random.below(3)), []);
  await addsAsked(trial);
  await estate.change(collection, [], before);
  const gone = async (): Promise<number> => {
    const there = new Set(await estate.inGroup(collection));
    return known.filter((object) => !there.has(object)).length;
  };
  const held = async (): Promise<boolean> => (await estate.plans(collection)).length > 0;
  await eventually(async () => (await held()) || (await gone()) > 0, { deadline: 60_000, what: 'a plan' });
  const removed = await gone();
  trial.expect(removed === 0, `${removed} members were removed although it is not known that anybody stays`);
  await cluster.disarm('writer.answer-received');
  await cluster.outside.clearFaults();
  await estate.change(collection, before, []);
  trial.found(await estate.settle());
};

const addsAreNotAnswered = async (
  { cluster }: Trial,
  { group }: Collection,
  applied: 'none' | 'all',
): Promise<void> => {
  for (const method of ['PATCH', 'POST'])
    await cluster.outside.fault({ face: 'graph', group, method, level: 'part', status: 503, applied });
};

const addsAsked = ({ cluster }: Trial): Promise<unknown> =>
  eventually(
    async () => (await cluster.outside.send<{ hits: number }[]>('GET', '/faults')).some(({ hits }) => hits > 0),
    { deadline: 60_000, what: 'an add without an answer' },
  );
