import { createTopics, KafkaBus } from '@collection-sync/bus';
import { TOPICS, type MembershipChange, type Member } from '@collection-sync/core';
import { silentLogger } from '@collection-sync/platform';
import {
  cleanUp,
  eventually,
  freshDatabase,
  freshRedis,
  freshTopicPrefix,
  runProcess,
  services,
} from '@collection-sync/testing';
import { afterEach, expect, it } from 'vitest';
import { devicesWorld, DirectoryWorld } from '../test/directory-world.js';
import { deltaRecord, Probe, publish } from '../test/probe.js';

let world: DirectoryWorld;
let bus: KafkaBus | undefined;
afterEach(async () => {
  await bus?.close();
  await world.close();
  await cleanUp();
});

const COLLECTIONS = Array.from({ length: 12 }, (_, index) => `ABC000${(16 + index).toString(16).toUpperCase()}`);
const ROUNDS = 40;
const group = (index: number): string => `cccccccc-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`;

const prepare = async (): Promise<{ kafka: KafkaBus; probe: Probe; env: Record<string, string> }> => {
  const log = silentLogger();
  const topicPrefix = freshTopicPrefix();
  const brokers = [services().kafkaBrokers];
  await createTopics({ brokers, clientId: 'topics', topicPrefix, partitions: 6, replicas: 1, log });
  const kafka = new KafkaBus({ brokers, clientId: 'probe', topicPrefix, log });
  bus = kafka;
  const probe = await Probe.open(kafka.work('probe'), [
    TOPICS.upstream,
    TOPICS.membershipChange,
    TOPICS.directoryChange,
  ]);
  const env = {
    KAFKA_BROKERS: brokers.join(),
    KAFKA_TOPIC_PREFIX: topicPrefix,
    DATABASE_URL: await freshDatabase(),
    REDIS_URL: await freshRedis(),
    AZURE_TENANT_ID: world.tenant,
    GRAPH_BASE_URL: world.sim.graphUrl,
    GRAPH_STATIC_TOKEN: 'test',
    DIRECTORY_POLL_SECONDS: '1',
    HOST: '127.0.0.1',
    PORT: '0',
  };
  return { kafka, probe, env };
};
const start = (env: Record<string, string>) => runProcess({ file: 'apps/resolver/dist/main.js', env });

it('a process killed in the middle of the first pass is followed by one that goes on there', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(40), graph: { deltaPageSize: 1, latencyMs: 100 } });
  const { probe, env } = await prepare();
  const first = start(env);
  await eventually(async () => (await world.asked()).length >= 10, { what: 'a part of the pass' });
  await first.kill();
  expect(probe.state('directory', world.tenant)?.state).toBe('loading');

  // an empty Redis has forgotten the lock of the dead one, as it would by itself after 30 s
  start({ ...env, REDIS_URL: await freshRedis() });
  await eventually(() => probe.state('directory', world.tenant)?.state === 'ready');
  expect(probe.state('directory', world.tenant)?.figures).toEqual({ devices: 40 });
  const begun = (await world.asked()).filter(({ url }) => !url.includes('token='));
  expect(begun).toHaveLength(1);
  expect(probe.events(TOPICS.directoryChange)).toEqual([]);
}, 120_000);

it('three replicas share the chunks and the mirror; killing one loses nothing and keeps the order of each target', async () => {
  world = await DirectoryWorld.open({ world: devicesWorld(50) });
  const { kafka, probe, env } = await prepare();
  const replicas = ['one', 'two', 'three'].map(() => start(env));
  await Promise.all(replicas.map((replica) => replica.line(/resolver started/)));
  await eventually(() => probe.state('directory', world.tenant)?.state === 'ready');

  const { resourceId, deviceId, objectId } = await world.device('PC7');
  const add: Member = { resource: resourceId, kind: 'device', name: 'PC7', identity: { deviceId } };
  for (let round = 1; round <= ROUNDS; round += 1) {
    await publish(
      kafka,
      ...COLLECTIONS.flatMap((collection, index) =>
        [0, 1].map((chunk) =>
          deltaRecord(
            world.tenant,
            { collection, from: round, to: round + 1, chunk, last: chunk === 1, adds: [add] },
            group(index),
          ),
        ),
      ),
    );
    if (round === ROUNDS / 2) await replicas[1]?.kill();
  }

  const wanted = COLLECTIONS.length * ROUNDS * 2;
  const position = ({ target, to, chunk }: MembershipChange): string => `${target} ${to} ${chunk}`;
  const came = () => new Set(probe.events(TOPICS.membershipChange).map(position));
  await eventually(() => came().size === wanted, { what: `${wanted} chunks` });

  const changes = probe.events(TOPICS.membershipChange);
  expect(changes.every(({ adds }) => adds[0]?.object === objectId)).toBe(true);
  for (const target of new Set(changes.map((change) => change.target))) {
    const firsts = [
      ...new Set(changes.filter((change) => change.target === target).map(({ to, chunk }) => to * 2 + chunk)),
    ];
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
  }

  // the mirror is fed on, by one of those left at a time
  await world.control('POST', '/devices', { name: 'LATE' });
  const late = await world.device('LATE');
  await eventually(
    () =>
      probe
        .events(TOPICS.directoryChange)
        .some(({ identities }) => identities.some((one) => one.deviceId === late.deviceId)),
    { what: 'the late device' },
  );
  await world.control('DELETE', '/journal');
  const from = performance.now();
  await eventually(async () => (await world.asked()).length >= 4);
  expect((performance.now() - from) / 1_000).toBeGreaterThan(2.5);
}, 180_000);
