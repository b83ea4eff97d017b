import type { Simulation } from '../simulation.js';
import { Random } from '../random.js';
import { editMembers } from '../world/evaluation.js';
import { evaluationRules } from '../adminservice/actions.js';
import { deviceObject, joinDevice, reRegisterDevice, resourceAdded } from '../world/joining.js';
import { addDevice } from '../world/populate.js';
import { newDevice } from '../world/world-spec.js';
import type { Collection } from '../world/collection.js';

export interface ChurnEvent {
  at: string;
  what: 'joined' | 'left' | 're-imaged' | 'installed' | 'registered' | 'edited in Entra';
  resource?: number;
  collection?: string;
  group?: string;
}

type Happening = Omit<ChurnEvent, 'at'>;

const KEPT_EVENTS = 10_000;

/** A living site: members come and go, devices are installed, registered and re-imaged. The same seed lives the same life. */
export class Churn {
  readonly #random: Random;
  readonly #events: ChurnEvent[] = [];
  readonly #unregistered: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #installed = 0;
  #perMinute = 0;

  constructor(
    private readonly sim: Simulation,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** Events per simulated minute from now on; 0 stops. */
  start(perMinute: number): void {
    this.stop();
    this.#perMinute = perMinute;
    if (perMinute === 0) return;
    this.#timer = setInterval(() => this.step(), Math.max(5, this.sim.clock.toCaller(60_000 / perMinute)));
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#perMinute = 0;
  }

  events(): ChurnEvent[] {
    return [...this.#events];
  }

  /** Lets one thing happen. */
  step(): ChurnEvent | undefined {
    const event = this.#pick()();
    if (!event) return undefined;
    const recorded = { at: new Date(this.sim.clock.now()).toISOString(), ...event };
    this.#events.push(recorded);
    if (this.#events.length > KEPT_EVENTS) this.#events.splice(0, KEPT_EVENTS / 2);
    return recorded;
  }

  /** Most events are members that come and go; a few are what makes synchronising hard. */
  #pick(): () => Happening | undefined {
    const dice = this.#random.next();
    if (dice < 0.4) return () => this.#join();
    if (dice < 0.75) return () => this.#leave();
    if (dice < 0.83) return () => this.#reImage();
    if (dice < 0.9) return () => this.#install();
    return dice < 0.96 ? () => this.#register() : () => this.#edit();
  }

  #collection(withMembers: boolean): Collection | undefined {
    const all = this.sim.world.site.orderedCollections();
    const usable = all.filter((c) => !c.builtIn && !c.deleted && (c.members.size > 1 || !withMembers));
    return usable[this.#random.below(usable.length)];
  }

  #join(): Happening | undefined {
    const collection = this.#collection(false);
    const limiting = collection && this.sim.world.site.collection(collection.limitTo.id)?.members;
    if (!collection || !limiting?.size) return undefined;
    const resource = limiting.at(this.#random.below(limiting.size));
    if (collection.members.has(resource)) return undefined;
    editMembers(collection, { add: [resource] }, this.sim.clock.now(), evaluationRules(this.sim));
    return { what: 'joined', resource, collection: collection.id };
  }

  #leave(): Happening | undefined {
    const collection = this.#collection(true);
    if (!collection) return undefined;
    const resource = collection.members.at(this.#random.below(collection.members.size));
    editMembers(collection, { remove: [resource] }, this.sim.clock.now(), evaluationRules(this.sim));
    return { what: 'left', resource, collection: collection.id };
  }

  #reImage(): Happening | undefined {
    const { systems } = this.sim.world.site;
    const resource = systems.base + this.#random.below(Math.max(1, systems.rows));
    if (!systems.has(resource) || deviceObject(this.sim.world, resource) < 0) return undefined;
    reRegisterDevice(this.sim.world, resource, { where: 'both' });
    return { what: 're-imaged', resource };
  }

  /** A new device arrives without an Entra record and joins a collection. */
  #install(): Happening | undefined {
    this.#installed += 1;
    const name = `NEW-PC${String(this.#installed).padStart(4, '0')}`;
    const resource = addDevice(this.sim.world, newDevice.parse({ name, joined: 'none' }));
    resourceAdded(this.sim.world, resource);
    this.#unregistered.push(resource);
    const collection = this.sim.world.site.orderedCollections().find((c) => !c.builtIn && !c.deleted && c.type === 2);
    if (!collection) return { what: 'installed', resource };
    editMembers(collection, { add: [resource] }, this.sim.clock.now(), evaluationRules(this.sim));
    return { what: 'installed', resource, collection: collection.id };
  }

  #register(): Happening | undefined {
    const resource = this.#unregistered.shift();
    if (resource === undefined) return undefined;
    joinDevice(this.sim.world, resource, { where: 'both' });
    return { what: 'registered', resource };
  }

  #edit(): Happening | undefined {
    const { directory } = this.sim.world;
    const groups = [...directory.groups.values()].filter(
      (group) => group.members.size > 0 && directory.alive(group.row),
    );
    const group = groups[this.#random.below(groups.length)];
    if (!group) return undefined;
    directory.unlink(group, group.members.at(this.#random.below(group.members.size)));
    return { what: 'edited in Entra', group: directory.idOf(group.row) };
  }
}
