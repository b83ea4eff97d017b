export { launchBrowser } from './console/browser.js';
export { openSignedIn, type View } from './console/console-page.js';
export { ApiClient } from './api-client.js';
export { startSystem, type System } from './system.js';
