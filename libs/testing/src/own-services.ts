import { join } from 'node:path';
import { whenDone } from './clean-up.js';
import { newInstanceFolder } from './services/instance-folder.js';
import { OwnService } from './services/own-service.js';
import { recipes } from './services/recipes.js';
import type { ServiceName } from './services/recipe.js';
import { uniqueName } from './unique-name.js';

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
  const service = await OwnService.create(recipes[name], join(await instanceFolder(), uniqueName(name)));
  whenDone(() => service.remove());
  return service;
}

let folder: Promise<string> | undefined;

function instanceFolder(): Promise<string> {
  return (folder ??= newInstanceFolder());
}
