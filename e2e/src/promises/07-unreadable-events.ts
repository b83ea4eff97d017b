import { TOPICS, type TopicName } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { Fixture } from './fixture.js';
import { produce, type ForeignRecord } from './kafka-admin.js';
import { prove, type PromiseOptions, type Proof } from './prove.js';

const READ: readonly TopicName[] = [
  TOPICS.membershipDelta,
  TOPICS.membershipChange,
  TOPICS.membershipResult,
  TOPICS.run,
  TOPICS.command,
];

const KEY = 'nobody/unreadable';

const unreadable = (topic: TopicName): ForeignRecord[] => [
  { topic, key: KEY, value: 'not JSON' },
  { topic, key: KEY, value: null },
  { topic, key: KEY, value: '{}' },
  { topic, key: KEY, value: '{}', headers: { ce_type: topic.replace('.v1', '.v9') } },
  // what no database stores, in a header and in a text
  { topic, key: KEY, value: '{"name":"\\u0000 \\ud83d"}', headers: { note: 'C:\\u0000', odd: 'a\0b' } },
  // as large as a broker takes by default
  { topic, key: KEY, value: JSON.stringify({ large: 'x'.repeat(1_000_000) }) },
];

interface DeadLetters {
  readonly items: readonly { readonly key: string; readonly topic: string; readonly why: string }[];
}

/** What cannot be read is put aside with the reason, and what comes after it is handled. */
export const unreadableIsPutAside = (options: PromiseOptions): Promise<Proof> =>
  prove('7 unreadable events are put aside', options, async (trial) => {
    const { cluster, random } = trial;
    const fixture = await Fixture.create(cluster, random, { name: 'p7', collections: 2, devices: 24 });
    trial.found(await fixture.converge());
    for (let round = 0; round < trial.repetitions; round += 1) {
      for (const topic of READ) await trial.fault(() => produce(cluster, unreadable(topic)));
      await fixture.churn();
    }
    trial.found(await fixture.converge());
    for (const topic of READ) {
      const wanted = unreadable(topic).length * trial.repetitions;
      await eventually(
        async () => {
          const { items } = await cluster.ask<DeadLetters>('GET', `/dead-letters?limit=200&topic=${topic}`);
          const mine = items.filter(({ key, why }) => key === KEY && why !== '');
          return mine.length >= wanted;
        },
        { deadline: 60_000, interval: 250 },
      ).catch((error: unknown) =>
        trial.wrong.push(`not every unreadable record of ${topic} is told: ${String(error)}`),
      );
    }
  });
