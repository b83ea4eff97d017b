export { authEnvironment, type StatusAuth } from './auth/auth.env.js';
export { localToken } from './auth/local-token.js';
export type { OidcOptions } from './auth/oidc.js';
export { apiDocument } from './routes.js';
export { status } from './service.js';
export { DEFAULT_SETTINGS, type StatusSettings } from './settings.js';
