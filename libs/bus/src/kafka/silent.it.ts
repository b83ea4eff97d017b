import { TOPICS } from '@collection-sync/core';
import { eventually, freePorts, startKafkaWith, startSilencer, type Silencer } from '@collection-sync/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeBusesAfterEach, kafkaTopics } from '../../test/kafka.js';
import { consume } from '../../test/nest-consumer.js';
import { Arrivals, state, tenant, work } from '../../test/records.js';

const WORK = TOPICS.directoryChange;
const STATE = TOPICS.upstream;
const keys = Array.from({ length: 20 }, (_, index) => index + 1);
/** What finding it and connecting take, on a busy machine; without that it takes as long as TCP sends again. */
const SOON = { deadline: 40_000 };

describe('connections to a broker that die without a word', () => {
  let network: Silencer;
  let direct: string;
  let proxied: string;
  beforeAll(async () => {
    const [behind] = await freePorts(1);
    network = await startSilencer(`kafka://127.0.0.1:${behind}`);
    proxied = new URL(network.address).host;
    const broker = await startKafkaWith(([port, controller]) => ({
      'process.roles': 'broker,controller',
      'node.id': '1',
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT',
      listeners: `PLAINTEXT://127.0.0.1:${port},PROXIED://127.0.0.1:${behind},CONTROLLER://127.0.0.1:${controller}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},PROXIED://${proxied}`,
      'auto.create.topics.enable': 'false',
      'group.initial.rebalance.delay.ms': '0',
      'offsets.topic.replication.factor': '1',
      'offsets.topic.num.partitions': '4',
    }));
    direct = broker.address;
  }, 60_000);
  closeBusesAfterEach();

  it('are found in seconds: producers, workers and readers of state go on, and nothing is lost', async () => {
    const { bus } = await kafkaTopics({ address: direct });
    const through = () => bus({ brokers: [proxied] });
    const [got, read] = [new Arrivals(), new Arrivals()];
    const worker = through().work('one');
    await consume(worker, { [WORK]: async (records) => got.add(records) });
    await consume(through().state('one'), { [STATE]: async (records) => read.add(records) });
    const { publisher } = through();
    const round = async (number: number): Promise<void> => {
      await publisher.publish(keys.flatMap((key) => [work(key, number), state(String(key), number)]));
      await eventually(() => keys.every((key) => got.of(tenant(key)).includes(number)), SOON);
      await eventually(() => keys.every((key) => read.of(`site/${key}`).includes(number)), SOON);
    };
    await round(1);
    network.silence();
    await round(2);
    await eventually(() => network.silenced() === 0, SOON);
    await round(3);
    for (const key of keys) expect(got.distinct(tenant(key))).toEqual([1, 2, 3]);
    expect(worker.failed.aborted).toBe(false);
  }, 150_000);

  it('that had nothing to do are found when there is something', async () => {
    const { bus } = await kafkaTopics({ address: direct });
    const through = bus({ brokers: [proxied] });
    await through.ping();
    await through.publisher.publish([work(1, 1)]);
    network.silence();
    await expect(through.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE', retryable: true });
    await through.ping();
    await through.publisher.publish([work(1, 2)]);
  }, 100_000);
});
