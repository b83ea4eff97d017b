import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { closeBusesAfterEach, kafkaTopics } from '../../test/kafka.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, deadLetters, state } from '../../test/records.js';

describe('a tombstone of a compacted topic', () => {
  closeBusesAfterEach();

  it('is passed over by every reader, at the end of the topic too, and is no dead letter', async () => {
    const { bus, connection, topicPrefix } = await kafkaTopics();
    const producer = new kafkajs.Kafka({ brokers: connection.brokers, logLevel: 0 }).producer();
    await producer.connect();
    await bus().publisher.publish([state('a', 1)]);
    await producer.send({ topic: topicPrefix + TOPICS.upstream, messages: [{ key: 'site/a', value: null }] });
    const got = new Arrivals();
    for (const service of ['capture', 'status']) {
      const transport = bus().state(service);
      const app = await consume(transport, { [TOPICS.upstream]: async (records) => got.add(records) });
      await transport.caughtUp;
      await app.close();
    }
    expect(got.of('site/a')).toEqual([1, 1]);
    // a record of work without a body is one, and comes after whatever the readers put there
    await producer.send({ topic: topicPrefix + TOPICS.directoryChange, messages: [{ key: 'work', value: null }] });
    await producer.disconnect();
    await consume(bus().work('capture'), { [TOPICS.directoryChange]: async () => {} });
    const dead = deadLetters();
    await consume(bus().work('status'), { [TOPICS.deadLetter]: dead.handler });
    await eventually(() => dead.events.some(({ key }) => key === 'work'));
    expect(dead.events.map(({ topic }) => topic)).toEqual([TOPICS.directoryChange]);
  });
});
