import { AdminService } from './adminservice/adminservice.js';
import type { AdminServiceSwitches } from './adminservice/adminservice-switches.js';
import { bearerOf, unauthorized } from './auth/static-token.js';
import { Clock } from './clock.js';
import { mountControl } from './control/control.js';
import { Graph, urlOf } from './graph/graph.js';
import type { Principal } from './graph/graph-call.js';
import type { GraphSwitches } from './graph/graph-switches.js';
import type { Answer, Call } from './http/answer.js';
import { createServer, mount } from './http/server.js';
import { Simulation } from './simulation.js';
import { createWorld } from './world/create-world.js';
import type { World } from './world/world.js';

export interface SimulatorOptions {
  /** 0 picks a free port. */
  port?: number;
  host?: string;
  /** A built-in world (`ten-step`, `demo`, `small`, `typical`, `large`), a JSON file, or a world in JSON. */
  world?: string | Record<string, unknown>;
  seed?: number;
  /** How many times faster than the wall clock simulated time runs: quotas, lags and stamps. */
  timeScale?: number;
  /** `true` accepts any bearer token for Graph, a string only that one, `false` only tokens of the simulator's own token endpoint. */
  staticToken?: boolean | string;
  /** Switches to start with; see docs/simulator.md. */
  graph?: Partial<GraphSwitches>;
  adminService?: Partial<AdminServiceSwitches>;
  journalLimit?: number;
}

export interface Simulator {
  /** Root for ADMINSERVICE_URL; classes are below `/wmi/`. */
  adminServiceUrl: string;
  /** Root for GRAPH_BASE_URL; requests go below `/v1.0/`. */
  graphUrl: string;
  /** Root of the control API. */
  controlUrl: string;
  tenantId: string;
  close(): Promise<void>;
}

/** Starts both stand-ins and the control API on one port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  const make = (world: SimulatorOptions['world']): World =>
    createWorld(world ?? 'ten-step', options.seed, new Clock(options.timeScale ?? 1));
  const sim = new Simulation(make(options.world), options);
  const app = createServer();
  let adminService = new AdminService(sim);
  let graph = new Graph(sim, authenticator(sim, options.staticToken ?? true));
  mount(app, '/AdminService', (call) => recorded(sim, call, () => adminService.handle(call)));
  mount(app, '/graph', (call) => graph.handle(call));
  mountControl(app, sim, {
    reset: (world) => {
      sim.world = make(world ?? options.world);
      sim.resetSwitches();
      sim.faults.clear();
      sim.journal.clear();
      adminService = new AdminService(sim);
      graph = new Graph(sim, authenticator(sim, options.staticToken ?? true));
    },
    addresses: () => ({}),
  });
  const base = await app.listen({ port: options.port ?? 0, host });
  return {
    adminServiceUrl: `${base}/AdminService`,
    graphUrl: `${base}/graph`,
    controlUrl: `${base}/control`,
    tenantId: sim.world.tenantId,
    close: () => app.close(),
  };
}

function authenticator(sim: Simulation, staticToken: boolean | string): (call: Call) => Promise<Principal> {
  return async (call) => {
    const token = bearerOf(call);
    if (staticToken !== true && token !== staticToken)
      throw unauthorized('CompactToken parsing failed with error code: 80049217');
    return { appId: 'static-token', tenantId: sim.world.tenantId, roles: 'all' };
  };
}

async function recorded(sim: Simulation, call: Call, work: () => Promise<Answer>): Promise<Answer> {
  const n = sim.journal.nextNumber();
  const started = performance.now();
  const answer = await work();
  const code = (answer.body as { error?: { code?: string } } | undefined)?.error?.code;
  sim.journal.add({
    n,
    at: new Date(sim.clock.now()).toISOString(),
    face: 'adminservice',
    method: call.method,
    url: urlOf(call),
    status: answer.wire === 'reset' || answer.wire === 'hang' ? 0 : answer.status,
    ms: Math.round((performance.now() - started) * 100) / 100,
    ...(code ? { code } : {}),
    ...answer.note,
  });
  return answer;
}
