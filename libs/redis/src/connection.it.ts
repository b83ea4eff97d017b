import { DEFAULT_BUDGET } from '@collection-sync/core';
import { eventually, startRedis, startSilencer } from '@collection-sync/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectRedis, type RedisConnection } from './connection.js';
import { RedisBudget } from './redis-budget.js';
import { RedisLeases } from './redis-leases.js';
import { Script } from './script.js';

let server: Awaited<ReturnType<typeof startRedis>>;
let connection: RedisConnection;
let leases: RedisLeases;

const claim = { target: 't', epoch: 1, claim: 'a', collection: 'ABC00014' };
const away = { code: 'REDIS_UNAVAILABLE', retryable: true };

const admin = async <T>(work: (client: Redis) => Promise<T>): Promise<T> => {
  const client = new Redis(server.address);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
};

beforeAll(async () => {
  server = await startRedis();
  connection = connectRedis({ url: server.address });
  await connection.ready;
  leases = new RedisLeases(connection);
});

afterAll(() => connection.close());

describe('a password that is renewed', () => {
  it('is used at the next connection, without a restart', async () => {
    let password = 'one';
    const setUser = (...words: string[]) => admin((client) => client.call('ACL', 'SETUSER', 'renewed', ...words));
    await setUser('on', '>one', '~*', '+@all');
    const { host } = new URL(server.address);
    const renewing = connectRedis({ url: () => `redis://renewed:${password}@${host}` });
    await renewing.ready;
    await setUser('resetpass', '>two');
    await admin((client) => client.client('KILL', 'USER', 'renewed'));
    await eventually(async () => /WRONGPASS/.test(String(await renewing.ping().catch((error: unknown) => error))));
    password = 'two';
    await eventually(() => renewing.ping().then(() => true));
    await renewing.close();
  });
});

describe('a Redis that goes away', () => {
  it('fails every call at once, and is found again when it is back, empty', async () => {
    expect(await leases.take(claim, 60_000)).toBe(true);
    await server.kill();
    await expect(leases.extend(claim, 60_000)).rejects.toMatchObject(away);
    const budget = new RedisBudget(connection, () => DEFAULT_BUDGET);
    for (let calls = 0; calls < 50; calls += 1) {
      await expect(leases.take(claim, 60_000)).rejects.toMatchObject(away);
      await expect(budget.ask('t', 'bulk', 'a', { writes: 1, units: 1 })).rejects.toMatchObject(away);
      await expect(connection.ping()).rejects.toMatchObject(away);
    }
    await server.start();
    await eventually(async () => leases.extend(claim, 60_000).then(() => true), {
      what: 'the connection to come back',
    });
    // what was lost is not taken again by a check
    expect(await leases.extend(claim, 60_000)).toBe(false);
    expect(await leases.take(claim, 60_000)).toBe(true);
  });

  it('behind a network that lost the connection without a word is reached by a new one', async () => {
    const network = await startSilencer(server.address);
    const lost = connectRedis({ url: network.address });
    await lost.ready;
    await lost.ping();
    network.silence();
    await expect(lost.ping()).rejects.toMatchObject(away);
    await eventually(() => lost.ping().then(() => true), { what: 'a new connection' });
    expect(network.silenced()).toBe(0);
    await lost.close();
  });

  it('that hangs is given up after seconds, and answers again when it goes on', async () => {
    await server.pause();
    await expect(leases.extend(claim, 60_000)).rejects.toMatchObject(away);
    await server.resume();
    await eventually(() => leases.extend(claim, 60_000), { what: 'answers' });
  });

  it('has become a replica, as after a failover: is left, and found again when it is the primary', async () => {
    const connections = () =>
      admin(async (client) =>
        String(await client.client('LIST'))
          .split('\n')
          .map((line) => /id=(\d+)/.exec(line)?.[1]),
      );
    const before = await connections();
    await admin((client) => client.replicaof('127.0.0.1', 1));
    const error = await leases.take({ ...claim, target: 'failover' }, 60_000).catch((reason: unknown) => reason);
    expect(error).toMatchObject(away);
    expect(String(error)).toContain('it is a replica');
    await eventually(async () => (await connections()).every((id) => id === undefined || !before.includes(id)), {
      what: 'the old connection to be closed',
    });
    await admin((client) => client.replicaof('NO', 'ONE'));
    await eventually(() => leases.take({ ...claim, target: 'failover' }, 60_000), { what: 'the primary' });
  });

  it('was never there: fails at once with the reason, without the password', async () => {
    const nowhere = connectRedis({ url: 'redis://me:s3cret@127.0.0.1:1' });
    await eventually(
      async () => {
        const error = await nowhere.ping().catch((reason: unknown) => reason);
        expect(error).toMatchObject(away);
        expect(String(error)).toContain('ECONNREFUSED');
        expect(String(error)).not.toContain('s3cret');
        return true;
      },
      { what: 'the reason' },
    );
    await nowhere.close();
  });
});

describe('an ACL user in the URL', () => {
  const urlOf = (user: string, password: string) => server.address.replace('redis://', `redis://${user}:${password}@`);

  beforeAll(() =>
    admin((client) =>
      client.call(
        'ACL',
        'SETUSER',
        'writer',
        'on',
        '>s3cret',
        '~collection-sync:*',
        '+eval',
        '+evalsha',
        '+get',
        '+set',
        '+del',
        '+pexpire',
        '+time',
        '+ping',
        '+info',
        '+select',
        '+client',
      ),
    ),
  );

  it('needs no more than its own keys and the commands of the scripts', async () => {
    const own = connectRedis({ url: urlOf('writer', 's3cret') });
    await own.ready;
    const user = new RedisLeases(own);
    expect(await user.take({ ...claim, target: 'acl' }, 60_000)).toBe(true);
    await user.revoke('acl', 2);
    expect(await user.extend({ ...claim, target: 'acl' }, 60_000)).toBe(false);
    expect(
      await new RedisBudget(own, () => DEFAULT_BUDGET).ask('acl', 'bulk', 'a', { writes: 1, units: 1 }),
    ).toBeGreaterThan(0);
    await expect(new RedisBudget(own, () => DEFAULT_BUDGET).state('acl')).resolves.toMatchObject({ patchWeight: 1 });
    await own.close();
  });

  it('who may not touch the keys is REDIS_UNAVAILABLE with the reason', async () => {
    const other = connectRedis({ url: urlOf('writer', 's3cret'), keyPrefix: 'else:' });
    await other.ready;
    const error = await new RedisLeases(other).take(claim, 60_000).catch((reason: unknown) => reason);
    expect(error).toMatchObject(away);
    expect(String(error)).toContain('ACL');
    await other.close();
  });

  it('with a wrong password keeps trying and says why', async () => {
    const wrong = connectRedis({ url: urlOf('writer', 'guess') });
    await eventually(
      async () => {
        const error = await wrong.ping().catch((reason: unknown) => reason);
        expect(String(error)).toContain('WRONGPASS');
        return true;
      },
      { what: 'the reason' },
    );
    await wrong.close();
  });
});

describe('a mistake in a script', () => {
  it('is not taken for an outage', async () => {
    await expect(connection.run(new Script('return redis.call("nonsense")'), ['k'], [])).rejects.not.toMatchObject(
      away,
    );
  });
});
