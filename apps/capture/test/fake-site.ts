import {
  AppError,
  type CollectionNow,
  type MembershipSource,
  type Named,
  type SourceMember,
} from '@collection-sync/core';
import { COLLECTION } from './harness.js';

export const deviceIdOf = (resource: number): string => `de000000-0000-4000-8000-${String(resource).padStart(12, '0')}`;

/** For `FakeSite.set`: these devices, each with its id. */
export const contentOf = (...resources: number[]) =>
  resources.map((resource) => [resource, deviceIdOf(resource)] as const);

/** A site in memory with one collection of devices, that can be told to lie or to change in the middle of a read. */
export class FakeSite implements MembershipSource {
  readonly kind = 'fake';
  readonly address = 'site.test';
  content = new Map<number, string | undefined>();
  changes = 1;
  /** devices of the site that are no members */
  others = new Set<number>();
  /** shows only these of the members */
  hide = new Set<number>();
  /** fails this question: 'collection', 'members', 'resources'; or 'everything' */
  failing: string | undefined;
  /** called between the first and the second page of members */
  between: (() => void | Promise<void>) | undefined;
  /** what the site says of its own work */
  evaluating = false;

  set(members: Iterable<readonly [number, string | undefined]>, moveTime = true): void {
    this.content = new Map(members);
    if (moveTime) this.changes += 1;
  }

  isCollectionId = (id: string): boolean => /^[A-Z0-9]{8}$/.test(id);

  name = (): Promise<string> => Promise.resolve('ABC');

  async *collections() {
    this.#fail('collections');
    yield { items: [this.#row()], rows: 1, leftOut: 0, ordered: true };
  }

  collection = async (id: string): Promise<CollectionNow | undefined> => {
    this.#fail('collection');
    return id === COLLECTION ? this.#row() : undefined;
  };

  async *members() {
    const size = 2;
    for (let after = 0; ;) {
      this.#fail('members');
      const page = [...this.content.keys()]
        .filter((resource) => resource > after && !this.hide.has(resource))
        .sort((a, b) => a - b)
        .slice(0, size);
      if (page.length === 0) return;
      const items: SourceMember[] = page.map((resource) => ({ resource, kind: 'device', name: `PC${resource}` }));
      yield { items, rows: items.length, leftOut: 0, ordered: true };
      after = page.at(-1) ?? after;
      const change = this.between;
      this.between = undefined;
      await change?.();
    }
  }

  isMember = async (_collection: string, resource: number): Promise<boolean> => {
    this.#fail('members');
    return this.content.has(resource);
  };

  resources = async (_kind: 'device' | 'user', ids: readonly number[]) => {
    this.#fail('resources');
    const items = ids.flatMap((resource) => this.#resource(resource));
    return { items, rows: items.length, leftOut: 0, ordered: true };
  };

  find = async (_kind: 'device' | 'user', named: Named) => {
    this.#fail('resources');
    const all = [...new Set([...this.content.keys(), ...this.others])].flatMap((resource) => this.#resource(resource));
    const found = all.filter(({ resource, name }) =>
      'name' in named ? name === named.name : resource === named.resource,
    );
    return found.map((each) => ({
      ...each,
      membership: this.content.has(each.resource) ? ('member' as const) : ('none' as const),
    }));
  };

  async *allResources(_kind: 'device' | 'user', _signal?: AbortSignal, after = 0) {
    this.#fail('resources');
    const items = [...new Set([...this.content.keys(), ...this.others])]
      .filter((resource) => resource > after)
      .sort((a, b) => a - b)
      .flatMap((resource) => this.#resource(resource));
    yield { items, rows: items.length, leftOut: 0, ordered: true };
  }

  relations = () => Promise.resolve([]);

  #resource(resource: number) {
    if (!this.content.has(resource) && !this.others.has(resource)) return [];
    const deviceId = this.content.get(resource);
    return [{ resource, name: `PC${resource}`, identity: deviceId ? { deviceId } : {} }];
  }

  #row(): CollectionNow {
    return {
      id: COLLECTION,
      name: 'Collection1',
      comment: '',
      type: 'device',
      count: this.content.size,
      changedAt: new Date(Date.UTC(2026, 0, 1) + this.changes * 1000),
      evaluating: this.evaluating,
      sourceTime: new Date(Date.UTC(2026, 6, 1)),
    };
  }

  #fail(question: string): void {
    if (this.failing === question || this.failing === 'everything')
      throw new AppError('SOURCE_UNAVAILABLE', `the site does not answer (${question})`);
  }
}
