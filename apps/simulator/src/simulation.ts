import { adminServiceSwitches, type AdminServiceSwitches } from './adminservice/adminservice-switches.js';
import type { Clock } from './clock.js';
import { FaultSet } from './faults/fault-set.js';
import { graphSwitches, type GraphSwitches } from './graph/graph-switches.js';
import { Journal } from './journal/journal.js';
import { AppRegistry } from './oauth/app-registry.js';
import { Random } from './random.js';
import type { World } from './world/world.js';

/** Everything that the faces share: the world, the applications, the switches, the faults and the journal. */
export class Simulation {
  graph: GraphSwitches;
  adminService: AdminServiceSwitches;
  readonly faults: FaultSet;
  readonly journal: Journal;
  readonly apps = new AppRegistry();
  readonly random: Random;
  readonly #initial: { graph: Partial<GraphSwitches>; adminService: Partial<AdminServiceSwitches> };

  constructor(
    public world: World,
    options: {
      graph?: Partial<GraphSwitches>;
      adminService?: Partial<AdminServiceSwitches>;
      journalLimit?: number;
      seed?: number;
    } = {},
  ) {
    this.random = new Random(options.seed ?? 1);
    this.faults = new FaultSet(this.random);
    this.journal = new Journal(options.journalLimit);
    this.#initial = { graph: options.graph ?? {}, adminService: options.adminService ?? {} };
    this.graph = graphSwitches.parse(this.#initial.graph);
    this.adminService = adminServiceSwitches.parse(this.#initial.adminService);
  }

  get clock(): Clock {
    return this.world.clock;
  }

  setSwitches(change: { graph?: Partial<GraphSwitches>; adminService?: Partial<AdminServiceSwitches> }): void {
    const graph = graphSwitches.parse({ ...this.graph, ...change.graph });
    const adminService = adminServiceSwitches.parse({ ...this.adminService, ...change.adminService });
    this.graph = graph;
    this.adminService = adminService;
  }

  /** Back to the switches that the simulator was started with. */
  resetSwitches(): void {
    this.graph = graphSwitches.parse(this.#initial.graph);
    this.adminService = adminServiceSwitches.parse(this.#initial.adminService);
  }
}
