export { localToken } from './auth/local-token.js';
export type { OidcOptions } from './auth/oidc.js';
export { DEFAULT_SETTINGS, type StatusSettings } from './settings.js';
export { startStatus, type StatusAuth, type StatusParts } from './start.js';
export { statusEnvironment } from './status.env.js';
export { apiDocument } from './status.module.js';
