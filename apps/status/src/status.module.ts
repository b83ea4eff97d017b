import { GraphTenants } from '@collection-sync/graph';
import type { Bus } from '@collection-sync/bus';
import { Health, type Logger } from '@collection-sync/platform';
import { Database, Outbox } from '@collection-sync/postgres';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { AuditController } from './audit/audit.controller.js';
import { AccessGuard } from './auth/access.guard.js';
import { Authenticator } from './auth/authenticator.js';
import { SignInController } from './auth/sign-in.controller.js';
import { CollectionsController } from './collections/collections.controller.js';
import { Commands } from './commands/commands.js';
import { CommandsController } from './commands/commands.controller.js';
import { DeadLettersController } from './health/dead-letters.controller.js';
import type { Contract } from './http/contract.js';
import { OpenApi, OpenApiController } from './http/openapi.controller.js';
import { openApiDocument } from './http/openapi.js';
import { ProblemFilter } from './http/problem-filter.js';
import { contractOf } from './http/serve.js';
import { LiveController } from './live/live.controller.js';
import { LiveFeed } from './live/live-feed.js';
import { Mappings } from './mappings/mappings.js';
import { MappingsController } from './mappings/mappings.controller.js';
import { MembersController } from './members/members.controller.js';
import { PlansController } from './plans/plans.controller.js';
import { PreviewsController } from './previews/previews.controller.js';
import { ProjectionsController } from './projections/projections.controller.js';
import { RunsController } from './runs/runs.controller.js';
import type { StatusSettings } from './settings.js';
import { ExportController } from './export/export.controller.js';
import { RelationsController } from './relations/relations.controller.js';
import { WhyController } from './why/why.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';

const ROUTES: Type[] = [
  SignInController,
  CollectionsController,
  MembersController,
  MappingsController,
  CommandsController,
  PlansController,
  RunsController,
  PreviewsController,
  TenantsController,
  RelationsController,
  WhyController,
  ExportController,
  LiveController,
  AuditController,
  DeadLettersController,
  OpenApiController,
];

const API_VERSION = '1.0.0';

/** Every contract that some route serves. */
export const allContracts = (): Contract[] =>
  ROUTES.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype as object).flatMap((name) => {
      const handler: unknown = Reflect.get(controller.prototype as object, name);
      const contract = typeof handler === 'function' ? contractOf(handler) : undefined;
      return contract ? [contract] : [];
    }),
  );

export const apiDocument = (): Record<string, unknown> => openApiDocument(allContracts(), API_VERSION);

export interface ModuleParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly graph: GraphTenants;
  readonly log: Logger;
  readonly health: Health;
  readonly authenticator: Authenticator;
  readonly settings: StatusSettings;
  readonly signInFailures: () => ReturnType<FastifyInstance['createRateLimit']>;
}

@Module({})
export class StatusModule {
  static with(parts: ModuleParts): DynamicModule {
    const { database, graph, log, health, authenticator, settings } = parts;
    const outbox = new Outbox(database);
    const commands = new Commands(database, outbox, settings);
    return {
      module: StatusModule,
      controllers: [...ROUTES, ProjectionsController],
      providers: [
        { provide: Database, useValue: database },
        { provide: Outbox, useValue: outbox },
        { provide: GraphTenants, useValue: graph },
        { provide: Authenticator, useValue: authenticator },
        { provide: Commands, useValue: commands },
        { provide: LiveFeed, useValue: new LiveFeed(database, log, health) },
        { provide: OpenApi, useValue: new OpenApi(apiDocument()) },
        { provide: Mappings, useValue: new Mappings(database, outbox, graph) },
        { provide: APP_GUARD, useValue: new AccessGuard(authenticator, parts.signInFailures, health) },
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
      ],
    };
  }
}
