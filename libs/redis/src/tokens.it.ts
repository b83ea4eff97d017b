import type { AccessToken } from '@collection-sync/core';
import { eventually, makeCertificate, startRedis, startRedisCluster, startTlsFront } from '@collection-sync/testing';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { connectRedis, type RedisConnection, type RedisConnectionOptions } from './connection.js';
import { AHEAD_MS } from './keep-signed-in.js';
import { RedisLeases } from './redis-leases.js';

// Redis judges the password of a user when it signs in and not again; the count of sign-ins says whether a live connection did so anew.

const open: RedisConnection[] = [];
afterEach(() => Promise.all(open.splice(0).map((connection) => connection.close())));

const at = async <T>(address: string, work: (client: Redis) => Promise<T>): Promise<T> => {
  const client = new Redis(address);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
};
const allow = (address: string, ...tokens: string[]) =>
  at(address, (client) =>
    client.call('ACL', 'SETUSER', 'object-id', 'on', 'resetpass', ...tokens.map((each) => `>${each}`), '~*', '+@all'),
  );
const cut = (address: string) => at(address, (client) => client.client('KILL', 'USER', 'object-id'));
/** The connections of the user, and how often AUTH was sent on one. */
const seenBy = (address: string) =>
  at(address, async (client) => ({
    connections: [...String(await client.client('LIST')).matchAll(/^id=(\d+).* user=object-id /gm)].map(([, id]) => id),
    renewals: Number(/cmdstat_auth:calls=(\d+)/.exec(await client.info('commandstats'))?.[1] ?? 0),
  }));

const connect = (url: string, next: () => Promise<AccessToken>, more: Partial<RedisConnectionOptions> = {}) => {
  const connection = connectRedis({ url, tokenScope: 'store/.default', tokens: { of: () => next }, ...more });
  open.push(connection);
  return connection;
};
/** The first token ends so soon that the second one is asked for at once; that is good for a day, and comes when it is released. */
const twoTokens = (released: Promise<void> = Promise.resolve()) => {
  const asked: string[] = [];
  const next = async (): Promise<AccessToken> => {
    const token = asked.length === 0 ? 'one' : 'two';
    asked.push(token);
    if (token === 'two') await released;
    return { token, expiresOnTimestamp: Date.now() + (token === 'one' ? AHEAD_MS : 86_400_000) };
  };
  return { asked, next };
};
const withUser = (address: string): string => address.replace('://', '://object-id@');

it('signs in over TLS with a token, and with the next one on the same connection before that ends', async () => {
  const { address } = await startRedis();
  await allow(address, 'one', 'two');
  const certificate = await makeCertificate();
  const url = `rediss://object-id@127.0.0.1:${await startTlsFront(address, certificate)}`;
  const { asked, next } = twoTokens();
  const connection = connect(url, next, { tls: { ca: certificate.cert } });
  await connection.ready;
  const { connections } = await seenBy(address);
  expect(connections).toHaveLength(1);
  await eventually(async () => (await seenBy(address)).renewals > 0, { what: 'the next token' });
  expect(asked).toEqual(['one', 'two']);
  expect((await seenBy(address)).connections).toEqual(connections);
  await connection.ping();

  // the server ends the connection, and knows the first token no more
  await allow(address, 'two');
  await cut(address);
  await eventually(() => connection.ping().then(() => true), { what: 'a connection with the newer token' });
});

it('says why it has no token, and connects when it gets one', async () => {
  const { address } = await startRedis();
  await allow(address, 'one');
  let reason: string | undefined = 'AADSTS700016: the application was not found';
  const connection = connect(withUser(address), async () => {
    if (reason) throw new Error(reason);
    return { token: 'one', expiresOnTimestamp: Date.now() + 86_400_000 };
  });
  const answer = () =>
    connection.ping().then(
      () => 'answered',
      (error: unknown) => String(error),
    );
  await eventually(async () => (await answer()).includes('AADSTS700016'), { what: 'the reason' });
  reason = undefined;
  await eventually(async () => (await answer()) === 'answered', { what: 'the connection' });
});

it('renews the sign-in at each node of a cluster', async () => {
  const nodes = await startRedisCluster();
  for (const { address } of nodes) await allow(address, 'one', 'two');
  const { promise, resolve } = Promise.withResolvers<void>();
  const connection = connect(withUser(nodes[0]!.address), twoTokens(promise).next, { cluster: true });
  await connection.ready;
  const leases = new RedisLeases(connection);
  for (let n = 0; n < 20; n += 1)
    await leases.take({ target: `tenant/${n}`, epoch: 1, claim: 'a', collection: 'ABC00014' }, 60_000);
  for (const { address } of nodes) expect((await seenBy(address)).connections).not.toEqual([]);
  resolve();
  for (const { address } of nodes)
    await eventually(async () => (await seenBy(address)).renewals > 0, { what: `the next token at ${address}` });

  // each node ends its connections, and knows the first token no more
  for (const { address } of nodes) await allow(address, 'two');
  for (const { address } of nodes) await cut(address);
  await eventually(() => leases.take({ target: 't', epoch: 1, claim: 'b', collection: 'ABC00014' }, 60_000), {
    what: 'connections with the newer token',
  });
});
