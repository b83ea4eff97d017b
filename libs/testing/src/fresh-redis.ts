import { Redis } from 'ioredis';
import { services } from './addresses.js';
import { whenDone } from './clean-up.js';

// Database 0 keeps, per number, who uses it: a claim of a test that died ends by itself.
const CLAIM_SECONDS = 3_600;

/**
 * An empty Redis database of its own. Returns its URL (`redis://host:port/<number>`); it is emptied and given back when the test file is
 * done. Never use FLUSHALL on it: use FLUSHDB, or `startRedis()` for a server of your own.
 */
export async function freshRedis(): Promise<string> {
  const server = services().redisUrl;
  const number = await withClient(server, claim);
  const url = new URL(server);
  url.pathname = `/${number}`;
  await withClient(url.href, (client) => client.flushdb());
  whenDone(async () => {
    await withClient(url.href, (client) => client.flushdb());
    await withClient(server, (client) => client.del(claimKey(number)));
  });
  return url.href;
}

async function claim(client: Redis): Promise<number> {
  const [, databases] = (await client.config('GET', 'databases')) as [string, string];
  for (let number = 1; number < Number(databases); number++) {
    if (await client.set(claimKey(number), process.pid, 'EX', CLAIM_SECONDS, 'NX')) return number;
  }
  throw new Error(
    `all ${databases} databases of the Redis server are in use by tests: start it with more (--databases 512)`,
  );
}

const claimKey = (number: number) => `collection-sync:testing:database:${number}`;

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 2 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}
