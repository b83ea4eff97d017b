export { startStandalone, type Standalone, type StandaloneParts } from './standalone.js';
export { standaloneEnvironment } from './standalone.env.js';
