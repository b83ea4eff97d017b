import { Redis } from 'ioredis';
import { eventually } from '../eventually.js';
import type { Recipe } from './recipe.js';
import { redis, words } from './redis.js';

const SLOTS = 16_384;

/** A node of a cluster, without slots: `ports` are that of clients and that of the other nodes. */
export const redisClusterNode: Recipe = {
  ...redis,
  ports: 2,
  async program(place) {
    const { args, ...rest } = await redis.program(place);
    const cluster = { 'cluster-enabled': 'yes', 'cluster-port': String(place.ports[1]) };
    return { ...rest, args: [...args, ...words(cluster)] };
  },
};

/** Gives each node its share of the slots, and waits until all agree. */
export async function joinCluster(addresses: readonly string[]): Promise<void> {
  const nodes = addresses.map((address) => new Redis(address));
  try {
    const share = SLOTS / nodes.length;
    for (const [at, node] of nodes.entries()) await node.cluster('ADDSLOTSRANGE', at * share, (at + 1) * share - 1);
    const [first, ...others] = nodes;
    for (const node of others) {
      const { hostname, port } = new URL(addresses[0]!);
      const [, bus] = (await first!.config('GET', 'cluster-port')) as [string, string];
      await node.cluster('MEET', hostname, port, bus);
    }
    for (const node of nodes)
      await eventually(async () => (await node.cluster('INFO')).includes('cluster_state:ok'), {
        what: 'the cluster to be whole',
      });
  } finally {
    for (const node of nodes) node.disconnect();
  }
}
