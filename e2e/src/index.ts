export { launchBrowser } from './console/browser.js';
export { openSignedIn, type View } from './console/console-page.js';
export { ApiClient } from './api-client.js';
export { whenStarted } from './installation.js';
export { Simulator } from './simulator.js';
export { startSystem, type DistributedSystem } from './system.js';
