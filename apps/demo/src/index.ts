export { mapDemoCollections } from './map-demo-collections.js';
