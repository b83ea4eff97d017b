import type { FastifyInstance } from 'fastify';
import type { AdminServiceSwitches } from './adminservice/adminservice-switches.js';
import { Clock } from './clock.js';
import { Faces } from './faces.js';
import type { GraphSwitches } from './graph/graph-switches.js';
import { createServer, listenTls } from './http/server.js';
import type { AppInput } from './oauth/app-registry.js';
import { makePrivateCa } from './oauth/private-ca.js';
import { Simulation } from './simulation.js';
import { saveWorld } from './world/save-world.js';
import { createWorld } from './world/create-world.js';
import type { WorldSize } from './world/seeded-world.js';
import type { World } from './world/world.js';

export interface SimulatorOptions {
  /** 0 picks a free port. */
  port?: number;
  host?: string;
  /** A built-in world (`ten-step`, `demo`, `small`, `typical`, `large`), a JSON file, or a world in JSON. */
  world?: string | Record<string, unknown>;
  seed?: number;
  /** Other sizes than those of a seeded world. */
  size?: Partial<WorldSize>;
  /** How many times faster than the wall clock simulated time runs: quotas, lags and stamps. */
  timeScale?: number;
  /** `true` accepts any bearer token for Graph, a string only that one, `false` only tokens of the simulator's own token endpoint. */
  staticToken?: boolean | string;
  /** Serve everything over HTTPS too, with a certificate of a private CA made on the spot. 0 picks a free port. */
  tlsPort?: number;
  /** More names for that certificate. */
  tlsHosts?: string[];
  /** Applications of the tenant besides the default one. */
  apps?: AppInput[];
  /** Things that happen by themselves per simulated minute. */
  churnPerMinute?: number;
  /** Switches to start with; see docs/simulator.md. */
  graph?: Partial<GraphSwitches>;
  adminService?: Partial<AdminServiceSwitches>;
  /** How many requests the journal keeps. */
  journalLimit?: number;
}

export interface Addresses {
  /** Root for ADMINSERVICE_URL; classes are below `/wmi/`. */
  adminServiceUrl: string;
  /** Root for GRAPH_BASE_URL; requests go below `/v1.0/`. */
  graphUrl: string;
  /** Root of the control API. */
  controlUrl: string;
  tenantId: string;
  /** The default application and its secret, for the token endpoint. */
  clientId: string;
  clientSecret: string;
  /** With `tlsPort`: the same faces over HTTPS, the token service's authority, and the root certificate to trust. */
  https?: { adminServiceUrl: string; graphUrl: string; authorityUrl: string; ca: string };
}

export interface Simulator extends Addresses {
  /** Writes the world as it is now, for `world` to read. */
  saveWorld(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts both stand-ins and the control API on one port, and on a second one over HTTPS if asked for. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  const make = (world: SimulatorOptions['world']): World =>
    createWorld(world ?? 'ten-step', options, new Clock(options.timeScale ?? 1));
  const sim = new Simulation(make(options.world), options);
  const app = createServer();
  const roots: string[] = [];
  const faces = new Faces(sim, options, roots, (world) => make(world ?? options.world));
  faces.mount(app);
  const base = await app.listen({ port: options.port ?? 0, host });
  roots.push(base);
  const tls =
    options.tlsPort === undefined ? undefined : await secondPort(app, options.tlsPort, host, options.tlsHosts);
  if (tls) roots.push(tls.base);
  faces.churn.start(options.churnPerMinute ?? 0);
  return {
    ...addressesBelow(base),
    controlUrl: `${base}/control`,
    tenantId: sim.world.tenantId,
    ...faces.defaultCredential(),
    ...(tls ? { https: { ...addressesBelow(tls.base), authorityUrl: tls.base, ca: tls.ca } } : {}),
    saveWorld: (file) => saveWorld(sim.world, file),
    close: async () => {
      faces.churn.stop();
      await tls?.close();
      await app.close();
    },
  };
}

function addressesBelow(base: string): { adminServiceUrl: string; graphUrl: string } {
  return { adminServiceUrl: `${base}/AdminService`, graphUrl: `${base}/graph` };
}

async function secondPort(app: FastifyInstance, port: number, host: string, names: string[] = []) {
  const { ca, key, cert } = await makePrivateCa([host, ...names]);
  const listening = await listenTls(app, { key, cert }, port, host);
  return { base: `https://localhost:${listening.port}`, ca, close: listening.close };
}
