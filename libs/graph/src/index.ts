export type { Application } from './application.js';
export type { BatchOptions, BatchPart } from './batch.js';
export type { Cloud } from './clouds.js';
export { isDeltaOver, readDelta, type DeltaPage, type DeltaStart } from './delta.js';
export { errorOf, type GraphAnswer, type GraphErrorBody } from './graph-answer.js';
export { GraphClient, type GraphCaller, type GraphRequest } from './graph-client.js';
export { findByName, type NamedObject } from './find-by-name.js';
export { failureOf, isSuccess } from './graph-failure.js';
export { GraphTenants } from './graph-tenants.js';
export {
  getGroup,
  GROUPS_PER_READ,
  judgeGroup,
  memberOf,
  ownersOf,
  readGroups,
  searchGroups,
  type Group,
  type GroupSearch,
  type GroupVerdict,
} from './groups.js';
export * from './members/index.js';
export { MeteredClient, type Booking, type MeterOptions } from './metered-client.js';
export { MeteredGraph, type WriterOptions } from './metered-graph.js';
export { entraTokens, identityEnvironment, ownTokens, type OwnIdentity } from './own-tokens.js';
export type { Page, PagesOptions } from './pages.js';
export { costOfMissing, NEEDS, unmetNeeds, type Need } from './permissions.js';
export type { Priority } from './request-headers.js';
export { tenantConfig, type CredentialConfig, type TenantConfig } from './tenant-config.js';
export { graphTenants, meteredGraph, outsideOf, tenantEnvironment } from './environment.js';
export { WriterClient, type WriterBooking } from './writer-client.js';
