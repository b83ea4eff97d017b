import { TOPICS } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { expect, it } from 'vitest';
import { busContract } from '../../test/bus-contract.js';
import { closeBuses, kafkaTopics } from '../../test/kafka.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, work } from '../../test/records.js';

busContract('Kafka bus', async () => {
  const { bus } = await kafkaTopics();
  return { process: () => bus(), close: closeBuses };
});

it('tells what a group has not consumed yet, although nothing was asked of this bus before', async () => {
  const { bus } = await kafkaTopics();
  const reader = bus();
  const got = new Arrivals();
  await consume(reader.work('reader'), { [TOPICS.directoryChange]: async (records) => got.add(records) });
  const { publisher } = bus();
  await publisher.publish([work(1, 1)]);
  await eventually(() => got.total === 1);
  await reader.close();
  await publisher.publish([work(1, 2), work(2, 1), work(3, 1)]);
  expect((await bus().lag('reader')).get(TOPICS.directoryChange)).toBe(3);
  await closeBuses();
});
