import kafkajs from 'kafkajs';
import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.js';
import { startKafka, startPostgres, startRedis } from './own-services.js';
import { isAlive, referenceTo } from './services/processes.js';

describe('an own PostgreSQL', () => {
  it('keeps what was committed when it is killed, and its address', async () => {
    const postgres = await startPostgres();
    const address = postgres.address;
    await query(address, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const first = referenceTo(postgres.pid!);

    await postgres.kill();
    expect(isAlive(first)).toBe(false);
    expect(postgres.pid).toBeUndefined();
    await expect(query(address, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');

    await postgres.start();
    expect(postgres.address).toBe(address);
    expect(await query(address, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });
});

describe('an own Redis', () => {
  it('answers nothing while it is frozen, and goes on', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.address);
    client.on('error', () => undefined);
    try {
      await client.set('key', 'value');
      await redis.pause();
      const answer = client.get('key');
      const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))]);
      expect(early).toBe('nothing');
      await redis.resume();
      expect(await answer).toBe('value');
      await redis.kill();
      await redis.start();
      expect(await eventually(async () => [await client.get('key')])).toEqual([null]);
    } finally {
      client.disconnect();
    }
  });
});

describe('an own Kafka', () => {
  it('keeps its records when it is killed, and its address', async () => {
    const kafka = await startKafka();
    const client = new kafkajs.Kafka({ brokers: [kafka.address], logLevel: kafkajs.logLevel.NOTHING });
    const admin = client.admin();
    const producer = client.producer();
    await admin.connect();
    await producer.connect();
    try {
      await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] });
      await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'one' }, { value: 'two' }] });
      await kafka.kill();
      await kafka.start();
      const offsets = await eventually(() => admin.fetchTopicOffsets('kept'));
      expect(offsets).toMatchObject([{ partition: 0, high: '2' }]);
    } finally {
      await producer.disconnect();
      await admin.disconnect();
    }
  });
});

async function query(address: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: address });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(statement)).rows as unknown[];
  } finally {
    await client.end();
  }
}
