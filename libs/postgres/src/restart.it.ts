import { Publisher, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import { eventually, freshDatabase, startPostgres } from '@collection-sync/testing';
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
  readonly values: number[] = [];

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.values.push(...records.map(({ value }) => Number(value)));
  }
}

it('a server that is killed and comes back loses nothing of what was committed, and everything goes on by itself', async () => {
  const server = await startPostgres();
  const database = new Database({
    url: await freshDatabase({ server: server.address }),
    schema: 'service',
    application: 'restart',
    statementTimeoutMs: 2_000,
  });
  await migrate(database, pathToFileURL(`${await mkdtemp(join(tmpdir(), 'no-migrations-'))}/`));
  const outbox = new Outbox(database);
  const publisher = new KeptRecords();
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const relay = new Relay(database, publisher, { name: 'restart', log: quiet });
  let heard = 0;
  await database.listen('news', () => (heard += 1));
  relay.start();

  const committed: number[] = [];
  let stop = false;
  const writer = (async () => {
    for (let value = 1; !stop; value += 1) {
      const record = { topic: TOPICS.run, key: 'k', headers: {}, value: String(value) };
      await database
        .transaction((tx) => outbox.add(tx, [record]))
        .then(
          () => committed.push(value),
          (error: unknown) => expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true }),
        );
    }
  })();
  const goesOn = async () => {
    const before = committed.length;
    await eventually(() => committed.length > before + 20, { what: 'commits' });
  };

  await goesOn();
  await server.kill();
  await expect(database.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await server.start();
  await goesOn();
  await eventually(() => heard > 0, { what: 'the listener to come back' });
  stop = true;
  await writer;
  await eventually(async () => (await outboxLag(database)).rows === 0, { what: 'an empty outbox' });
  await relay.stop();
  await database.close();
  expect(new Set(publisher.values).size).toBeGreaterThanOrEqual(committed.length);
  expect(committed.filter((value) => !publisher.values.includes(value))).toEqual([]);
});
