import { mustNx } from './nx.mjs';

/** Builds what has changed: all packages and the console, or the package in this folder and what it needs. */
export const ensureBuilt = (folder) =>
  mustNx(folder ? `building ${folder}` : 'building', ['build'], folder ? ['--projects', folder] : []);
