import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import type { GraphSwitches } from '../graph/graph-switches.js';
import type { AdminServiceSwitches } from '../adminservice/adminservice-switches.js';
import { faultSpec } from '../faults/fault.js';
import type { Simulation } from '../simulation.js';
import { exportWorld } from '../world/export-world.js';
import { UnknownThing } from '../world/populate.js';
import type { App, AppInput } from '../oauth/app-registry.js';
import type { TokenService } from '../oauth/token-service.js';
import type { Churn } from './churn.js';
import { collectionRoutes } from './collections.js';
import { ControlError } from './control-error.js';
import { groupRoutes } from './groups.js';
import { resourceRoutes } from './resources.js';
import { serviceRoutes } from './services.js';
import { advanceRequest, resetRequest, switchChange } from './schemas.js';

export interface ControlHooks {
  reset: (world: string | Record<string, unknown> | undefined) => void;
  tokens: () => TokenService;
  register: (app: AppInput) => App;
  churn: () => Churn;
}

/** The control API below `/control`: changes the world, arms faults, tells what happened. JSON in and out, no authentication. */
export function mountControl(root: FastifyInstance, sim: Simulation, hooks: ControlHooks): void {
  void root.register(
    (app, _options, done) => {
      const parse = app.getDefaultJsonParser('error', 'error');
      app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
        body === '' ? done(null, {}) : parse(request, String(body), done),
      );
      app.addHook('preValidation', (request, _reply, next) => {
        request.body ??= {};
        next();
      });
      app.setErrorHandler((error, _request, reply) => {
        const { status, message } = explain(error);
        return reply.code(status).send({ error: message });
      });
      stateRoutes(app, sim, hooks);
      collectionRoutes(app, sim);
      resourceRoutes(app, sim);
      groupRoutes(app, sim);
      serviceRoutes(app, hooks);
      done();
    },
    { prefix: '/control' },
  );
}

function explain(error: unknown): { status: number; message: string } {
  if (error instanceof ControlError) return { status: error.status, message: error.message };
  if (error instanceof UnknownThing) return { status: 404, message: error.message };
  if (error instanceof ZodError) {
    const issues = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return { status: 400, message: issues.join('; ') };
  }
  const status = (error as { statusCode?: number }).statusCode ?? (error instanceof SyntaxError ? 400 : 500);
  return { status, message: error instanceof Error ? error.message : String(error) };
}

function stateRoutes(app: FastifyInstance, sim: Simulation, hooks: ControlHooks): void {
  app.get('/state', () => ({
    world: sim.world.name,
    tenantId: sim.world.tenantId,
    siteCode: sim.world.site.code,
    now: new Date(sim.clock.now()).toISOString(),
    timeScale: sim.clock.scale,
    devices: sim.world.site.systems.rows,
    users: sim.world.site.users.rows,
    collections: sim.world.site.collections.size,
    groups: sim.world.directory.groups.size,
    directoryObjects: sim.world.directory.size,
    alarms: sim.journal.alarms().length,
    churnPerMinute: hooks.churn().perMinute,
  }));
  app.get('/switches', () => ({ graph: sim.graph, adminService: sim.adminService }));
  app.patch('/switches', (request) => {
    const change = switchChange.parse(request.body);
    sim.setSwitches(change as { graph?: Partial<GraphSwitches>; adminService?: Partial<AdminServiceSwitches> });
    return { graph: sim.graph, adminService: sim.adminService };
  });
  app.delete('/switches', () => {
    sim.resetSwitches();
    return { graph: sim.graph, adminService: sim.adminService };
  });
  app.post('/faults', (request, reply) => reply.code(201).send(sim.faults.arm(faultSpec.parse(request.body))));
  app.get('/faults', () => sim.faults.list());
  app.delete('/faults', () => ({ cleared: sim.faults.clear() }));
  app.delete<{ Params: { id: string } }>('/faults/:id', (request) => ({
    cleared: sim.faults.clear(request.params.id),
  }));
  app.get<{ Querystring: { after?: string } }>('/journal', (request) =>
    sim.journal.entries(Number(request.query.after ?? 0)),
  );
  app.get('/journal/totals', () => sim.journal.totals());
  app.get('/journal/alarms', () => sim.journal.alarms());
  app.delete('/journal', () => {
    sim.journal.clear();
    return { cleared: true };
  });
  app.post('/clock/advance', (request) => {
    sim.clock.advance(advanceRequest.parse(request.body).seconds * 1000);
    return { now: new Date(sim.clock.now()).toISOString() };
  });
  app.get('/export', (_request, reply) =>
    reply
      .type('application/json')
      .send(Readable.from(exportWorld(sim.world), { objectMode: false, highWaterMark: 65_536 })),
  );
  app.post('/reset', (request) => {
    hooks.reset(resetRequest.parse(request.body).world);
    return { world: sim.world.name };
  });
}
