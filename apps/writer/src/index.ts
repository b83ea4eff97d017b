export { DEFAULT_SETTINGS, type WriterSettings } from './settings.js';
export { startWriter, type WriterParts } from './start.js';
