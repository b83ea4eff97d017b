import { Publisher, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import { eventually, startMovingAddress, startPostgresWithStandby } from '@collection-sync/testing';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { Outbox, outboxLag } from './outbox.js';
import { Relay } from './relay.js';

class KeptRecords extends Publisher {
  readonly values: string[] = [];

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.values.push(...records.map(({ value }) => value));
  }
}

const record = (value: string): OutgoingRecord => ({ topic: TOPICS.run, key: 'k', headers: {}, value });

/** A session to a standby stays there when the address moves on: only a new connection finds the server that can be written. */
it('a failover costs connections, and nothing that was committed', async () => {
  const { primary, standby } = await startPostgresWithStandby();
  const service = await startMovingAddress(primary.address);
  const database = new Database({ url: service.address, schema: 'service', application: 'service', max: 3 });
  const on = ({ address }: { address: string }) =>
    new Database({ url: address, schema: 'public', application: 'administrator', max: 1 });
  const [onPrimary, onStandby] = [on(primary), on(standby)];
  const sessions = async (server: Database): Promise<number[]> =>
    (await server.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'service'`)).map(
      ({ pid }) => pid,
    );

  await migrate(database, pathToFileURL(`${await mkdtemp(join(tmpdir(), 'no-migrations-'))}/`));
  const outbox = new Outbox(database);
  const publisher = new KeptRecords();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const relay = new Relay(database, publisher, { name: 'service', log: quiet });
  const committed: string[] = [];
  const add = async (value: string): Promise<true> => {
    await database.transaction((tx) => outbox.add(tx, [record(value)]));
    committed.push(value);
    return true;
  };
  let attempts = 0;
  const refused: string[] = [];
  const isRefused = async (): Promise<true> => {
    const wait = { code: 'DATABASE_UNAVAILABLE', retryable: true, message: expect.stringContaining('25006') as string };
    const value = `attempt ${(attempts += 1)}`;
    await expect(add(value)).rejects.toMatchObject(wait);
    refused.push(value);
    await expect(database.query(`create table other (id int)`)).rejects.toMatchObject(wait);
    return true;
  };
  relay.start();
  await add('before');
  await eventually(() => publisher.values.includes('before'), { what: 'the first record' });

  service.moveTo(standby.address);
  await eventually(
    async () => {
      // one that was being opened when the address moved leads to the primary too
      await onPrimary.query('select pg_terminate_backend(pid) from unnest($1::int[]) as of (pid)', [
        await sessions(onPrimary),
      ]);
      return isRefused();
    },
    { what: 'the standby' },
  );
  service.moveTo(primary.address);
  await eventually(() => add('on the primary'), { what: 'the primary' });
  await eventually(() => publisher.values.includes('on the primary'), { what: 'the relay on the primary' });
  await eventually(async () => (await sessions(onStandby)).length === 0, {
    what: 'no session to be left on the standby',
  });

  const during = Promise.allSettled(Array.from({ length: 12 }, (_, n) => add(`during ${n}`)));
  await Promise.all([primary.kill(), during]);
  service.moveTo(standby.address);
  await onStandby.query('select pg_promote()');
  await eventually(() => add('after'), { what: 'the promoted standby' });
  await Promise.all(Array.from({ length: 6 }, (_, n) => add(`more ${n}`)));
  await eventually(async () => (await outboxLag(database)).rows === 0, { what: 'an empty outbox' });
  expect(publisher.values).toEqual(expect.arrayContaining(committed));
  expect(committed).toEqual(expect.arrayContaining(['before', 'on the primary', 'after', 'more 5']));
  expect(publisher.values.filter((value) => refused.includes(value))).toEqual([]);

  await relay.stop();
  await Promise.all([database.close(), onPrimary.close(), onStandby.close()]);
});
