import { kafka } from '@collection-sync/bus';
import { capture } from '@collection-sync/capture';
import { Part } from '@collection-sync/core';
import { entraTokens } from '@collection-sync/graph';
import { defineService, silentLogger } from '@collection-sync/platform';
import { Database, postgres } from '@collection-sync/postgres';
import { eventually, freshDatabase, startKafka } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let broker: Awaited<ReturnType<typeof startKafka>>;
let other: Database;
let url: string;
let close: () => Promise<void>;
/** what the metrics are made of, asked of the stores themselves by the parts of the service */
let ask: { kafka: () => Promise<unknown>; postgres: () => Promise<unknown> };

beforeAll(async () => {
  broker = await startKafka();
  const databaseUrl = await freshDatabase();
  other = new Database({ url: databaseUrl, schema: 'capture', application: 'other' });
  const service = defineService({
    name: 'capture',
    parts: {
      settings: Part.of({}),
      database: postgres(entraTokens),
      bus: kafka(entraTokens),
      http: Part.of({ port: 0 }),
    },
    migrations: capture.migrations,
    metrics: (_, { database, bus }) => {
      ask = { kafka: () => bus.ping(), postgres: () => database.outboxLag() };
      return {};
    },
    handlers: [],
    workers: () => [],
  });
  const source = { KAFKA_BROKERS: broker.address, DATABASE_URL: databaseUrl };
  const started = await service.start(silentLogger(), { source });
  ({ url = '', close } = { url: started.url, close: started.close });
}, 180_000);

afterAll(async () => {
  await broker.resume();
  await close();
  await other.close();
});

const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();

const hanging = async (store: 'kafka' | 'postgres'): Promise<void> => {
  await eventually(async () => /outbox_records\{.*\} 0/.test(await metrics()), { what: 'the first measure' });
  let answered = false;
  const asked = ask[store]()
    .catch(() => undefined)
    .then(() => (answered = true));
  const text = await metrics();
  expect(text).toContain('collection_sync_outbox_records');
  expect(text).toContain('collection_sync_part_ok{part="kafka"');
  expect(answered, `${store} has answered`).toBe(false);
  void asked;
};

it('come from memory while Kafka hangs', async () => {
  await broker.pause();
  await hanging('kafka');
  await broker.resume();
});

it('come from memory while PostgreSQL hangs', () =>
  other.transaction(async (tx) => {
    await tx.query('lock table outbox in access exclusive mode');
    await hanging('postgres');
  }));
