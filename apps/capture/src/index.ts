export { capture } from './service.js';
export { DEFAULT_SETTINGS, type CaptureSettings } from './settings.js';
