import { type Type } from '@nestjs/common';
import { AuditController } from './audit/audit.controller.js';
import { SignInController } from './auth/sign-in.controller.js';
import { CollectionsController } from './collections/collections.controller.js';
import { CommandsController } from './commands/commands.controller.js';
import { DeadLettersController } from './health/dead-letters.controller.js';
import type { Contract } from './http/contract.js';
import { OpenApiController } from './http/openapi.controller.js';
import { openApiDocument } from './http/openapi.js';
import { contractOf } from './http/serve.js';
import { LiveController } from './live/live.controller.js';
import { MappingsController } from './mappings/mappings.controller.js';
import { MembersController } from './members/members.controller.js';
import { PlansController } from './plans/plans.controller.js';
import { PreviewsController } from './previews/previews.controller.js';
import { RunsController } from './runs/runs.controller.js';
import { ExportController } from './export/export.controller.js';
import { RelationsController } from './relations/relations.controller.js';
import { WhyController } from './why/why.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';

/** Every controller of the API. */
export const ROUTES: Type[] = [
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
