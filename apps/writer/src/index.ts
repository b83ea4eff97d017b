export { writer } from './service.js';
export { DEFAULT_SETTINGS, type WriterSettings } from './settings.js';
