import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from './certificate.js';
import { whenDone } from './clean-up.js';
import { newInstanceFolder, removeInstanceFolder } from './services/instance-folder.js';
import { freePorts } from './services/ports.js';
import { kafkaWith, secureKafka, type TokenUsers } from './services/secure-kafka.js';
import { OwnService } from './services/own-service.js';
import { joinCluster, redisClusterNode } from './services/redis-cluster.js';
import { postgresPrimary, postgresStandby } from './services/postgres-standby.js';
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

/** A PostgreSQL server and its synchronous standby, which `select pg_promote()` makes one that can be written. */
export async function startPostgresWithStandby(): Promise<{ primary: OwnService; standby: OwnService }> {
  const folder = await newFolder();
  const copy = join(folder, 'standby', 'data');
  const primary = await startProgram(postgresPrimary(copy), join(folder, 'primary'));
  return { primary, standby: await startProgram(postgresStandby(copy, primary.address), join(folder, 'standby')) };
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

async function startProgram(recipe: Recipe, place?: string): Promise<OwnService> {
  const folder = place ?? join(await newFolder(), recipe.name);
  await mkdir(folder, { recursive: true });
  return OwnService.asProgram(recipe, folder, await freePorts(recipe.ports), () => undefined);
}

async function startOwn(name: ServiceName): Promise<OwnService> {
  return OwnService.create(recipes[name], join(await newFolder(), name));
}

async function newFolder(): Promise<string> {
  const folder = await newInstanceFolder();
  whenDone(() => removeInstanceFolder(folder));
  return folder;
}
