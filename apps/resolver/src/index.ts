export { resolver } from './service.js';
export { DEFAULT_SETTINGS, type ResolverPoint, type ResolverSettings } from './settings.js';
