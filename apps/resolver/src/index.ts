export { directoryEnvironment, resolverEnvironment, resolverSettingsOf } from './resolver.env.js';
export { DEFAULT_SETTINGS, type ResolverPoint, type ResolverSettings } from './settings.js';
export { startResolver, type ResolverParts } from './start.js';
