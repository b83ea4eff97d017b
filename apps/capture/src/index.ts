export { migrateCapture, startCapture, type CaptureParts } from './start.js';
export { DEFAULT_SETTINGS, type CaptureSettings } from './settings.js';
export type { Site } from './context.js';
export { adminServiceOf, captureSettingsOf, siteEnvironment, type SiteEnvironment } from './capture.env.js';
