import { eventually } from '@collection-sync/testing';
import type { Cluster } from './cluster.js';
import type { Simulator } from '../simulator.js';
import type { Random } from './random.js';
import { CONVERGES_MS } from './settings.js';

interface Device {
  readonly name: string;
  readonly resourceId: number;
  objectId: string;
}

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly members: Set<Device>;
  readonly group: string;
}

export interface Plan {
  readonly id: string;
  readonly target: string;
  readonly removals: number;
  readonly state: string;
}

interface TargetRow {
  readonly cloudSyncStatus: string;
  readonly memberCount: number;
  readonly syncCompleted: number;
}

/** What differs between the world and what it should be. */
export interface Found {
  /** members compared */
  readonly members: number;
  /** wanted and not in the group */
  readonly lost: number;
  /** in the group and not wanted */
  readonly extra: number;
  /** targets of which operators were wrong something else, and what */
  readonly wrong: readonly string[];
}

/** No removal is ever held: for promises about other things than the guard. */
export const WITHOUT_LIMITS = { guard: { maxRemovals: 1_000_000, maxShare: 1, neverEmptyFrom: 1_000_000 } };

export interface FixtureOptions {
  readonly name: string;
  readonly collections: number;
  readonly devices: number;
  readonly policy?: object;
  /** left to the caller by `false` */
  readonly mapped?: boolean;
  /** where the devices are registered and the groups are: the first tenant by default */
  readonly tenant?: Simulator;
}

/** A device of the site that is registered in a tenant. */
const newDevice = async ({ first }: Cluster, tenant: Simulator, name: string): Promise<Device> => {
  interface Made extends Device {
    readonly deviceId: string;
  }
  const make = (where: Simulator, about: object): Promise<Made> =>
    where.send<Made>('POST', '/devices', { name, ...about });
  if (tenant === first) {
    const { resourceId, objectId } = await make(first, { joined: 'both' });
    return { name, resourceId, objectId };
  }
  const { resourceId, deviceId } = await make(first, { joined: 'site', tenantId: tenant.tenant });
  const { objectId } = await make(tenant, { joined: 'both', deviceId });
  return { name, resourceId, objectId };
};

/** Devices, collections and groups of one promise, and a record of who belongs where. The churn is the same for the same seed. */
export class Fixture {
  private constructor(
    readonly cluster: Cluster,
    private readonly random: Random,
    readonly devices: readonly Device[],
    readonly collections: readonly Collection[],
    private readonly policy: object,
    private readonly tenant: Simulator,
  ) {}

  static async create(cluster: Cluster, random: Random, options: FixtureOptions): Promise<Fixture> {
    const { outside } = cluster;
    const tenant = options.tenant ?? cluster.first;
    const prefix = `${options.name}-${random.below(1e6)}`;
    const devices: Device[] = [];
    for (let at = 0; at < options.devices; at += 1) devices.push(await newDevice(cluster, tenant, `${prefix}-PC${at}`));
    const collections: Collection[] = [];
    for (let at = 0; at < options.collections; at += 1) {
      const members = new Set(random.some(devices, Math.ceil(options.devices / 2)));
      const name = `${prefix} ${at}`;
      const collection = await outside.send<{ id: string }>('POST', '/collections', {
        name,
        members: [...members].map((device) => device.resourceId),
      });
      const group = await tenant.send<{ id: string }>('POST', '/groups', { displayName: name });
      collections.push({ id: collection.id, name, members, group: group.id });
    }
    const fixture = new Fixture(cluster, random, devices, collections, options.policy ?? WITHOUT_LIMITS, tenant);
    if (options.mapped !== false) for (const collection of collections) await fixture.map(collection);
    return fixture;
  }

  async map({ id, group, name }: Collection, more: object = {}): Promise<void> {
    const { cluster, policy, tenant } = this;
    await eventually(() => cluster.ask('GET', `/collections/${id}`), { deadline: 60_000, what: `collection ${id}` });
    const body = { tenantId: tenant.tenant, groupId: group, groupName: name, collectionId: id, policy, ...more };
    await cluster.ask('POST', '/mappings', body);
  }

  path(collection: Collection): string {
    return `/targets/${this.tenant.tenant}/${collection.group}`;
  }

  mapping(collection: Collection): string {
    return `/mappings/${this.tenant.tenant}/${collection.group}`;
  }

  async sync(collection: Collection, kind: 'full' | 'incremental'): Promise<void> {
    await eventually(() => this.cluster.ask('POST', `${this.path(collection)}/sync`, { kind }), {
      deadline: 60_000,
      what: 'a command to be taken',
    });
  }

  async change(collection: Collection, add: readonly Device[], remove: readonly Device[]): Promise<void> {
    for (const device of add) collection.members.add(device);
    for (const device of remove) collection.members.delete(device);
    await this.cluster.outside.editCollection(collection.id, {
      add: add.map(({ resourceId }) => resourceId),
      remove: remove.map(({ resourceId }) => resourceId),
    });
  }

  outsiders(collection: Collection): Device[] {
    return this.devices.filter((device) => !collection.members.has(device));
  }

  /** A few members come and go in one collection. */
  async churn(): Promise<void> {
    const { random } = this;
    const collection = random.one(this.collections);
    await this.change(
      collection,
      random.some(this.outsiders(collection), 1 + random.below(3)),
      random.some([...collection.members], random.below(3)),
    );
  }

  /** A device of the first tenant is installed anew: another directory object. */
  async reRegister(): Promise<void> {
    const device = this.random.one(this.devices);
    const changed = await this.cluster.outside.deviceAction(device.name, 're-register');
    device.objectId = changed.objectId ?? '';
  }

  async inGroup({ group }: Collection): Promise<string[]> {
    return (await this.tenant.group(group)).members.map(({ id }) => id);
  }

  /** The removals of a collection that wait for a decision. */
  async plans({ group }: Collection): Promise<Plan[]> {
    const path = `/plans?state=open&tenantId=${this.tenant.tenant}&groupId=${group}`;
    return (await this.cluster.ask<{ items: Plan[] }>('GET', path)).items;
  }

  openPlan(collection: Collection): Promise<Plan> {
    const first = async (): Promise<Plan | undefined> => (await this.plans(collection))[0];
    return eventually(first, { deadline: 60_000, interval: 200, what: 'a plan' });
  }

  /** What differs now. */
  async look(collections: readonly Collection[] = this.collections): Promise<Found> {
    let [members, lost, extra] = [0, 0, 0];
    const wrong: string[] = [];
    for (const collection of collections) {
      const inGroup = new Set(await this.inGroup(collection));
      const wanted = new Set([...collection.members].map(({ objectId }) => objectId));
      members += wanted.size;
      lost += [...wanted].filter((object) => !inGroup.has(object)).length;
      extra += [...inGroup].filter((object) => !wanted.has(object)).length;
      const { row } = await this.cluster.ask<{ row: TargetRow }>('GET', this.path(collection));
      const right =
        row.cloudSyncStatus === 'Success' && row.memberCount === wanted.size && row.syncCompleted === wanted.size;
      if (!right) wrong.push(`${collection.id}: ${JSON.stringify(row)}`);
    }
    return { members, lost, extra, wrong };
  }

  /** Waits until nothing differs, and says what still does when it has waited long enough. */
  async converge(deadline = CONVERGES_MS, collections: readonly Collection[] = this.collections): Promise<Found> {
    const end = performance.now() + deadline;
    let found: Found | undefined;
    await eventually(
      async () => {
        found = await this.look(collections);
        return found.lost + found.extra + found.wrong.length === 0;
      },
      { deadline, interval: 250 },
    ).catch((error: unknown) => {
      if (!found || performance.now() < end) throw error;
    });
    return found as Found;
  }
}
