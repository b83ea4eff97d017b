import { eventually } from '@collection-sync/testing';
import { Fixture, type Collection } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

interface Lie {
  readonly name: string;
  readonly switches?: (id: string) => object;
  readonly fault?: object;
}

const MEMBERS = 12;

/** Ways in which a site disagrees with itself. */
const LIES: readonly Lie[] = [
  { name: 'members hidden', switches: (id) => ({ 'rbac.hideMembers': [id] }) },
  { name: 'every second member hidden', switches: (id) => ({ 'rbac.hideSome': [id] }) },
  { name: 'stated count too high', switches: (id) => ({ 'data.staleCount': { [id]: 2 } }) },
  { name: 'stated count too low', switches: (id) => ({ 'data.staleCount': { [id]: -1 } }) },
  { name: 'members named twice', switches: () => ({ 'data.duplicates': 3 }) },
  { name: 'a page fails', switches: () => ({ 'paging.failPage': 1, 'paging.failWith': '500' }) },
  { name: 'collection hidden', switches: (id) => ({ 'rbac.hideCollection': [id] }) },
  { name: 'connection reset', fault: { wire: 'reset' } },
  { name: 'answer cut off', fault: { wire: 'truncate' } },
  { name: 'a page for people', fault: { wire: 'html' } },
  { name: 'no list in the answer', fault: { noValue: true } },
  { name: 'an empty list', fault: { empty: true } },
  { name: 'class not found', fault: { status: 404 } },
  { name: 'account refused', fault: { status: 401 } },
];

/** Nobody is removed on a read that may be incomplete; what agrees with itself and is wrong all the same is held by the guard. */
export const unknownIsNeverEmpty = (options: PromiseOptions): Promise<Proof> =>
  prove('3 nobody is removed on a read that may be incomplete', options, async (trial) => {
    const { fixture, collection } = await begin(trial, {});
    const chosen = trial.random.some(LIES, trial.repetitions);
    for (const lie of chosen) await lieAbout(trial, fixture, collection, [lie]);
    await lieAbout(trial, fixture, collection, trial.random.some(LIES, 2));
    await emptied(trial, fixture, collection);
  });

/** The part of the promise that rests on the proof of completeness alone. */
export const hiddenMembersStay = (options: PromiseOptions): Promise<Proof> =>
  prove('3 hidden members stay', options, async (trial) => {
    const { fixture, collection } = await begin(trial, {});
    await lieAbout(
      trial,
      fixture,
      collection,
      LIES.filter(({ name }) => name === 'every second member hidden'),
    );
  });

/** The part of the promise that rests on the guard alone. */
export const anEmptiedCollectionIsHeld = (options: PromiseOptions, policy: object = {}): Promise<Proof> =>
  prove('3 an emptied collection is held', options, async (trial) => {
    const { fixture, collection } = await begin(trial, policy);
    await emptied(trial, fixture, collection);
  });

const begin = async (trial: Trial, policy: object) => {
  const fixture = await Fixture.create(trial.cluster, trial.random, {
    name: 'p3',
    collections: 1,
    devices: MEMBERS * 2,
    policy,
  });
  trial.found(await fixture.converge());
  return { fixture, collection: fixture.collections[0] as Collection };
};

const lieAbout = async (
  trial: Trial,
  fixture: Fixture,
  collection: Collection,
  lies: readonly Lie[],
): Promise<void> => {
  const { outside } = trial.cluster;
  const since = await readAt(trial, collection);
  for (const { switches, fault } of lies) {
    await trial.fault(async () => {
      if (switches) await outside.switches({ adminService: switches(collection.id) });
      if (fault)
        await outside.send('POST', '/faults', {
          face: 'adminservice',
          class: 'SMS_FullCollectionMembership',
          collection: collection.id,
          ...fault,
        });
    });
  }
  await fixture.sync(collection, 'full');
  await eventually(
    async () => (await lookedAgain(trial, collection, since)) || (await missing(trial, collection)) > 0,
    {
      deadline: 60_000,
      interval: 200,
      what: `a read under: ${lies.map(({ name }) => name).join(' and ')}`,
    },
  );
  const gone = await missing(trial, collection);
  trial.members += collection.members.size;
  trial.lost += gone;
  trial.expect(gone === 0, `${gone} members were removed under: ${lies.map(({ name }) => name).join(' and ')}`);
  await outside.send('DELETE', '/switches');
  await outside.clearFaults();
  if (gone === 0) trial.found(await fixture.converge());
};

interface Shown {
  readonly state: string;
  readonly lastRead: { readonly at: string; readonly verdict: string } | null;
}

const shown = (trial: Trial, { id }: Collection): Promise<Shown> => trial.cluster.ask('GET', `/collections/${id}`);

const readAt = async (trial: Trial, collection: Collection): Promise<string> =>
  (await shown(trial, collection)).lastRead?.at ?? '';

/** A later read is known, and it was not believed; or the collection is missed. */
const lookedAgain = async (trial: Trial, collection: Collection, since: string): Promise<boolean> => {
  const { state, lastRead } = await shown(trial, collection);
  return state === 'missing' || (lastRead !== null && lastRead.at > since && lastRead.verdict !== 'complete');
};

const missing = async (trial: Trial, collection: Collection): Promise<number> => {
  const { members } = await trial.cluster.outside.group(collection.group);
  const present = new Set(members.map(({ id }) => id));
  return [...collection.members].filter(({ objectId }) => !present.has(objectId)).length;
};

/** A collection that is emptied by mistake, everything in agreement: the guard holds the removals until the members are back. */
const emptied = async (trial: Trial, fixture: Fixture, collection: Collection): Promise<void> => {
  const { cluster } = trial;
  const members = [...collection.members];
  await trial.fault(() => cluster.outside.send('PUT', `/collections/${collection.id}/members`, { members: [] }));
  await eventually(
    async () => {
      const { row } = await cluster.ask<{ row: { syncHeld: number } }>('GET', fixture.path(collection));
      return row.syncHeld === members.length || (await missing(trial, collection)) > 0;
    },
    { deadline: 60_000, interval: 200, what: 'the removals to be held' },
  );
  const gone = await missing(trial, collection);
  trial.members += members.length;
  trial.lost += gone;
  trial.expect(gone === 0, `${gone} members left an emptied collection without an approval`);
  await cluster.outside.send('PUT', `/collections/${collection.id}/members`, {
    members: members.map(({ resourceId }) => resourceId),
  });
  if (gone === 0) trial.found(await fixture.converge());
};
