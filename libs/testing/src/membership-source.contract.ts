import type { MembershipSource, Named, SourcePage } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';

export interface SourceBench {
  readonly source: MembershipSource;
  /** a collection of devices */
  readonly collection: string;
  /** ids of devices of the source, ascending; at least four */
  readonly devices: readonly number[];
  /** makes these the members of the collection */
  readonly setMembers: (members: readonly number[]) => Promise<unknown>;
  /** lets every question fail */
  readonly fail: () => Promise<unknown>;
}

const all = async <T>(pages: AsyncIterable<SourcePage<T>>): Promise<T[]> => {
  const items: T[] = [];
  for await (const page of pages) {
    expect(page.rows).toBe(page.items.length + page.leftOut);
    expect(page.ordered).toBe(true);
    items.push(...page.items);
  }
  return items;
};

/** What every source of memberships keeps to. */
export const membershipSourceContract = (name: string, bench: () => SourceBench): void => {
  describe(`${name} as a source of memberships`, () => {
    const shown = async () => (await all(bench().source.members(bench().collection))).map(({ resource }) => resource);

    it('has a name and knows the form of its ids', async () => {
      const { source, collection } = bench();
      expect(source.kind).not.toBe('');
      expect(await source.name()).not.toBe('');
      expect(source.isCollectionId(collection)).toBe(true);
      expect(source.isCollectionId('')).toBe(false);
    });

    it('lists a collection as it shows it alone, with the number of its members', async () => {
      const { source, collection, devices, setMembers } = bench();
      await setMembers(devices.slice(0, 3));
      const listed = (await all(source.collections())).find(({ id }) => id === collection);
      expect(listed).toMatchObject({ type: 'device', count: 3 });
      expect(await source.collection(collection)).toMatchObject({ ...listed });
    });

    it('shows nothing by an id that no collection has', async () => {
      expect(await bench().source.collection('NONE0000')).toBeUndefined();
    });

    it('shows every member once, in the order of their ids, and each by its key', async () => {
      const { source, collection, devices, setMembers } = bench();
      await setMembers([devices[3]!, devices[0]!, devices[2]!]);
      expect(await shown()).toEqual([devices[0], devices[2], devices[3]]);
      expect(await source.isMember(collection, devices[0]!)).toBe(true);
      expect(await source.isMember(collection, devices[1]!)).toBe(false);
    });

    it('marks a change, also one that leaves the number of members as it was', async () => {
      const { source, collection, devices, setMembers } = bench();
      const mark = async () => {
        const now = await source.collection(collection);
        return { changedAt: now?.changedAt?.getTime(), count: now?.count };
      };
      await setMembers(devices.slice(0, 2));
      const before = await mark();
      await setMembers(devices.slice(2, 4));
      const after = await mark();
      expect(after.count).toBe(before.count);
      expect(after.changedAt).not.toBe(before.changedAt);
    });

    it('names the identities of the resources asked for and of no others', async () => {
      const { source, devices } = bench();
      const { items } = await source.resources('device', [devices[1]!, devices[0]!, devices.at(-1)! + 1_000]);
      expect(items.map(({ resource }) => resource).sort((a, b) => a - b)).toEqual(devices.slice(0, 2));
      const every = (await all(source.allResources('device'))).map(({ resource }) => resource);
      expect(every).toEqual(expect.arrayContaining([...devices]));
      expect(every).toEqual([...every].sort((a, b) => a - b));
      const later = (await all(source.allResources('device', undefined, devices[1]))).map(({ resource }) => resource);
      expect(later).toEqual(every.filter((resource) => resource > devices[1]!));
    });

    it('finds one by its id and by its whole name, and whether the collection has it', async () => {
      const { source, collection, devices, setMembers } = bench();
      await setMembers(devices.slice(0, 1));
      const [member, other] = (await source.resources('device', devices.slice(0, 2))).items;
      const found = async (named: Named) =>
        (await source.find('device', named, collection)).map(({ resource, name, membership }) => ({
          resource,
          name,
          membership: membership === 'none' ? 'none' : 'some',
        }));
      const both = [member!, other!].map(({ resource, name }, at) => ({
        resource,
        name,
        membership: at === 0 ? 'some' : 'none',
      }));
      for (const one of both) {
        expect(await found({ resource: one.resource })).toEqual([one]);
        expect(await found({ name: one.name })).toEqual([one]);
      }
      expect(await found({ name: `${member!.name}-` })).toEqual([]);
      expect(await found({ resource: devices.at(-1)! + 1_000 })).toEqual([]);
    });

    it('never shows as empty what it cannot tell', async () => {
      const { source, collection, devices, fail } = bench();
      await fail();
      const unknown = { code: expect.stringMatching(/^SOURCE_/) };
      await expect(source.collection(collection)).rejects.toMatchObject(unknown);
      await expect(all(source.collections())).rejects.toMatchObject(unknown);
      await expect(all(source.members(collection))).rejects.toMatchObject(unknown);
      await expect(source.isMember(collection, devices[0]!)).rejects.toMatchObject(unknown);
      await expect(source.resources('device', devices)).rejects.toMatchObject(unknown);
      await expect(source.find('device', { name: 'A' }, collection)).rejects.toMatchObject(unknown);
      await expect(all(source.allResources('device'))).rejects.toMatchObject(unknown);
    });
  });
};
