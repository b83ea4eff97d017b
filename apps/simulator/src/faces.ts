import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { AdminService } from './adminservice/adminservice.js';
import { InFlight } from './adminservice/in-flight.js';
import { siteTime } from './adminservice/shapes.js';
import { AdminServiceAuthentication } from './auth/adminservice-authentication.js';
import { graphAuthentication, siteAuthentication } from './auth/graph-authentication.js';
import { Churn } from './control/churn.js';
import { mountControl } from './control/control.js';
import { Graph } from './graph/graph.js';
import type { Answer, Call } from './http/answer.js';
import { mount } from './http/server.js';
import { recorded } from './journal/recorded.js';
import { defaultApp, type App, type AppInput } from './oauth/app-registry.js';
import { TokenService } from './oauth/token-service.js';
import type { Simulation } from './simulation.js';
import type { World } from './world/world.js';

export interface FaceOptions {
  staticToken?: boolean | string;
  apps?: AppInput[];
  seed?: number;
}

/** The faces of one simulation. A reset of the world makes them anew, behind the same addresses and credentials. */
export class Faces {
  readonly #default = defaultApp();
  readonly #authentication: AdminServiceAuthentication;
  readonly #inFlight: InFlight;
  readonly #tokens: TokenService;
  #adminService!: AdminService;
  #graph!: Graph;
  churn!: Churn;

  constructor(
    private readonly sim: Simulation,
    private readonly options: FaceOptions,
    private readonly roots: string[],
    private readonly makeWorld: (world: string | Record<string, unknown> | undefined) => World,
  ) {
    for (const app of [this.#default, ...(options.apps ?? [])]) sim.apps.register(app);
    this.#tokens = new TokenService(sim, sim.apps);
    this.#inFlight = new InFlight(sim);
    this.#authentication = new AdminServiceAuthentication(
      sim,
      siteAuthentication(this.#tokens.tokens, options.staticToken ?? true),
    );
    this.#begin();
  }

  defaultCredential(): { clientId: string; clientSecret: string } {
    return { clientId: this.#default.clientId, clientSecret: this.#default.secrets![0]!.value };
  }

  mount(app: FastifyInstance): void {
    mount(app, '/AdminService', (call, request) =>
      recorded(this.sim, 'adminservice', call, () => this.#adminServiceAnswer(call, request.raw.socket)),
    );
    mount(app, '/graph', (call) => this.#graph.handle(call));
    mount(app, '', (call) => recorded(this.sim, 'oauth', call, () => this.#tokens.handle(call)));
    mountControl(app, this.sim, {
      reset: (world) => this.#reset(world),
      tokens: () => this.#tokens,
      register: (app) => this.#register(app),
      churn: () => this.churn,
    });
  }

  async #adminServiceAnswer(call: Call, socket: Socket): Promise<Answer> {
    return this.#inFlight.run(call.remote, async () => {
      const admission = await this.#authentication.admit(call, socket);
      if (admission.refusal) return admission.refusal;
      const answer = await this.#adminService.handle(call);
      return { ...answer, headers: { date: siteTime(this.sim), ...answer.headers, ...admission.headers } };
    });
  }

  #begin(): void {
    const { sim } = this;
    for (const app of sim.apps.list()) this.#servicePrincipal(app);
    this.#adminService = new AdminService(sim);
    const ownRoots = () => this.roots.map((root) => `${root}/graph`);
    this.#graph = new Graph(
      sim,
      graphAuthentication(sim, this.#tokens.tokens, this.options.staticToken ?? true, ownRoots),
    );
    this.churn = new Churn(sim, this.options.seed ?? sim.world.seed);
  }

  #register(input: AppInput): App {
    const app = this.sim.apps.register(input);
    this.#servicePrincipal(app);
    return app;
  }

  #servicePrincipal(app: App): void {
    const { directory } = this.sim.world;
    if (directory.find(app.objectId) >= 0) return;
    directory.addOther('servicePrincipal', app.objectId, app.displayName, app.clientId);
  }

  #reset(world: string | Record<string, unknown> | undefined): void {
    const { sim } = this;
    sim.world = this.makeWorld(world);
    sim.resetSwitches();
    sim.faults.clear();
    sim.journal.clear();
    const { perMinute } = this.churn;
    this.churn.stop();
    this.#begin();
    this.churn.start(perMinute);
  }
}
