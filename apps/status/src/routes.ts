import { VERSION } from '@collection-sync/platform';
import { type Type } from '@nestjs/common';
import { AlertsController } from './show/alerts.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { SignInController } from './auth/sign-in.controller.js';
import { CollectionsController } from './show/collections.controller.js';
import { CommandsController } from './command/commands.controller.js';
import { DeadLettersController } from './show/dead-letters.controller.js';
import type { Contract } from './http/contract.js';
import { OpenApiController } from './http/openapi.controller.js';
import { openApiDocument } from './http/openapi.js';
import { contractOf } from './http/serve.js';
import { LiveController } from './live/live.controller.js';
import { MappingsController } from './map/mappings.controller.js';
import { MembersController } from './show/members.controller.js';
import { PlansController } from './command/plans.controller.js';
import { PreviewsController } from './show/previews.controller.js';
import { RunsController } from './show/runs.controller.js';
import { ExportController } from './show/export.controller.js';
import { RelationsController } from './map/relations.controller.js';
import { MovementsController } from './show/movements.controller.js';
import { ResourcesController } from './show/resources.controller.js';
import { LookUpsController } from './explain/look-ups.controller.js';
import { WhyController } from './explain/why.controller.js';
import { TenantsController } from './map/tenants.controller.js';

/** Every controller of the API. */
export const ROUTES: Type[] = [
  SignInController,
  CollectionsController,
  MembersController,
  ResourcesController,
  MappingsController,
  CommandsController,
  PlansController,
  RunsController,
  MovementsController,
  PreviewsController,
  TenantsController,
  RelationsController,
  WhyController,
  LookUpsController,
  ExportController,
  LiveController,
  AlertsController,
  AuditController,
  DeadLettersController,
  OpenApiController,
];

/** Every contract that some route serves. */
export const allContracts = (): Contract[] =>
  ROUTES.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype as object).flatMap((name) => {
      const handler: unknown = Reflect.get(controller.prototype as object, name);
      const contract = typeof handler === 'function' ? contractOf(handler) : undefined;
      return contract ? [contract] : [];
    }),
  );

export const apiDocument = (): Record<string, unknown> => openApiDocument(allContracts(), VERSION);
