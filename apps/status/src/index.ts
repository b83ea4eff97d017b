export { authEnvironment } from './auth/auth.env.js';
export { localToken, LocalTokenAuthenticator } from './auth/local-token.js';
export { OidcAuthenticator, type OidcOptions } from './auth/oidc.js';
export { apiDocument } from './routes.js';
export { status } from './service.js';
export { DEFAULT_SETTINGS, type StatusSettings } from './settings.js';
