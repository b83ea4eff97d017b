export { DEFAULT_SETTINGS, type ResolverPoint, type ResolverSettings } from './settings.js';
export { startResolver, type ResolverParts } from './start.js';
