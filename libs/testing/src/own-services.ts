import { join } from 'node:path';
import { whenDone } from './clean-up.js';
import { newInstanceFolder, removeInstanceFolder } from './services/instance-folder.js';
import { OwnService } from './services/own-service.js';
import { recipes } from './services/recipes.js';
import type { ServiceName } from './services/recipe.js';

/**
 * A Kafka broker for one test file, to kill, freeze and start again on the same port with the same data. Removed when the file is done.
 * Each costs 400 MB and 3 s: one a file at most.
 */
export function startKafka(): Promise<OwnService> {
  return startOwn('kafka');
}

/** A PostgreSQL server for one test file. After `kill` and `start` it recovers what was committed. */
export function startPostgres(): Promise<OwnService> {
  return startOwn('postgres');
}

/** A Redis server for one test file, without persistence: after `kill` or `stop` it comes back empty. */
export function startRedis(): Promise<OwnService> {
  return startOwn('redis');
}

async function startOwn(name: ServiceName): Promise<OwnService> {
  const folder = await newInstanceFolder();
  whenDone(() => removeInstanceFolder(folder));
  return OwnService.create(recipes[name], join(folder, name));
}
