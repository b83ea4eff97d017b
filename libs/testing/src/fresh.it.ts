import { Redis } from 'ioredis';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { expect, it } from 'vitest';
import { services } from './addresses.js';
import { cleanUp } from './clean-up.js';
import { eventually } from './eventually.js';
import { freshDatabase } from './fresh-database.js';
import { freshRedis } from './fresh-redis.js';
import { freshTopicPrefix } from './fresh-topic-prefix.js';

it('gives databases of their own and drops them although somebody is connected', async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  const client = new pg.Client(one);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE mine ()');
  await expect(query(two, 'SELECT FROM mine')).rejects.toThrow('does not exist');

  await cleanUp();
  await client.end();
  await expect(query(one, 'SELECT')).rejects.toThrow('does not exist');
});

it('gives Redis databases of their own and empties them', async () => {
  const [one, two] = [await freshRedis(), await freshRedis()];
  const [first, second] = [new Redis(one), new Redis(two)];
  try {
    await first.set('key', 'value');
    expect(await second.get('key')).toBeNull();
    await cleanUp();
    expect(await first.get('key')).toBeNull();
  } finally {
    first.disconnect();
    second.disconnect();
  }
});

it('deletes the topics of a prefix, and no others', async () => {
  const admin = new kafkajs.Kafka({
    brokers: services().kafkaBrokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    const stays = `${freshTopicPrefix()}stays`;
    await admin.createTopics({ topics: [{ topic: stays }] });
    const goes = `${freshTopicPrefix()}goes`;
    await admin.createTopics({ topics: [{ topic: goes }] });
    expect(await admin.listTopics()).toEqual(expect.arrayContaining([stays, goes]));
    await cleanUp();
    await eventually(async () => {
      const topics = await admin.listTopics();
      return !topics.includes(goes) && !topics.includes(stays);
    });
  } finally {
    await admin.disconnect();
  }
});

async function query(address: string, statement: string): Promise<void> {
  const client = new pg.Client(address);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
