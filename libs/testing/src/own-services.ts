import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from './certificate.js';
import { whenDone } from './clean-up.js';
import { newInstanceFolder, removeInstanceFolder } from './services/instance-folder.js';
import { freePorts } from './services/ports.js';
import { kafkaWith, secureKafka, type TokenUsers } from './services/secure-kafka.js';
import { OwnService } from './services/own-service.js';
import { joinCluster, redisClusterNode } from './services/redis-cluster.js';
import { recipes } from './services/recipes.js';
import type { Recipe, ServiceName } from './services/recipe.js';

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

/** A Redis Cluster of two servers, each with half of the slots. */
export async function startRedisCluster(): Promise<OwnService[]> {
  const nodes = [await startProgram(redisClusterNode), await startProgram(redisClusterNode)];
  await joinCluster(nodes.map(({ address }) => address));
  return nodes;
}

/**
 * A broker that speaks TLS alone, with this certificate, to users who sign in with SCRAM-SHA-512; each may do what its access control list
 * says, `admin` everything. With `tokens` also to those who sign in with OAUTHBEARER.
 */
export function startSecureKafka(
  certificate: Certificate,
  users: Record<string, string>,
  tokens?: TokenUsers,
): Promise<OwnService> {
  return startProgram(secureKafka(certificate, users, tokens));
}

/** A broker of settings of one's own, given its ports: that of clients, that of the controller. */
export function startKafkaWith(settings: (ports: readonly number[]) => Record<string, string>): Promise<OwnService> {
  return startProgram(kafkaWith(settings));
}

async function startProgram(recipe: Recipe): Promise<OwnService> {
  const folder = await newInstanceFolder();
  whenDone(() => removeInstanceFolder(folder));
  const place = join(folder, recipe.name);
  await mkdir(place, { recursive: true });
  return OwnService.asProgram(recipe, place, await freePorts(recipe.ports), () => undefined);
}

async function startOwn(name: ServiceName): Promise<OwnService> {
  const folder = await newInstanceFolder();
  whenDone(() => removeInstanceFolder(folder));
  return OwnService.create(recipes[name], join(folder, name));
}
