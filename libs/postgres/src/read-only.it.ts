import { Publisher, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import { eventually, freshDatabase } from '@collection-sync/testing';
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

/**
 * After a failover an address may lead to the standby for a while. A session keeps what it began with, as one to the standby would stay there
 * after the address has moved on: only a new connection finds the server that can be written.
 */
it('a server that is read-only after a failover costs its connections, and nothing that was committed', async () => {
  const url = await freshDatabase();
  const options = { url, schema: 'service', application: 'read-only' };
  const database = new Database({ ...options, max: 3 });
  const administrator = new Database({ ...options, application: 'administrator', max: 1 });
  await migrate(database, pathToFileURL(`${await mkdtemp(join(tmpdir(), 'no-migrations-'))}/`));
  const turn = (readOnly: 'on' | 'off') =>
    administrator.query(
      `alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = ${readOnly}`,
    );
  const outbox = new Outbox(database);
  const publisher = new KeptRecords();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const relay = new Relay(database, publisher, { name: 'read-only', log: quiet });
  const add = (value: string): Promise<boolean> =>
    database.transaction(async (tx) => {
      await outbox.add(tx, [record(value)]);
      return true;
    });
  const isRefused = async (): Promise<true> => {
    const wait = { code: 'DATABASE_UNAVAILABLE', retryable: true, message: expect.stringContaining('25006') as string };
    await expect(add('never')).rejects.toMatchObject(wait);
    await expect(database.query(`create table other (id int)`)).rejects.toMatchObject(wait);
    return true;
  };
  const sessions = async (): Promise<number[]> =>
    (
      await administrator.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'read-only'`,
      )
    ).map(({ pid }) => pid);

  relay.start();
  await add('before');
  await eventually(() => publisher.values.includes('before'), { what: 'the first record' });
  await turn('on');
  await administrator.query('select pg_terminate_backend(pid) from unnest($1::int[]) as of (pid)', [await sessions()]);
  await eventually(isRefused, { what: 'the read-only server' });
  const readOnly = await eventually(async () => {
    const found = await sessions();
    return found.length > 0 && found;
  });
  await turn('off');

  await eventually(() => add('after'), { what: 'a server that can be written' });
  await Promise.all(Array.from({ length: 6 }, (_, n) => add(`more ${n}`)));
  await eventually(async () => (await outboxLag(database)).rows === 0, { what: 'an empty outbox' });
  expect(publisher.values).toEqual(expect.arrayContaining(['before', 'after', 'more 0', 'more 5']));
  expect(publisher.values).not.toContain('never');
  const now = await sessions();
  expect(readOnly.filter((pid) => now.includes(pid))).toEqual([]);
  await relay.stop();
  await Promise.all([database.close(), administrator.close()]);
});
