import { randomUUID } from 'node:crypto';
import type { Bus, Transport } from '@collection-sync/bus';
import {
  DEFAULT_POLICY,
  DEFAULT_SCHEDULE,
  encodeEvent,
  targetOf,
  TOPICS,
  type EventOf,
  type MembershipDelta,
  type OutgoingRecord,
  type Received,
  type TopicName,
} from '@collection-sync/core';

const GROUP = 'cccccccc-0000-4000-8000-000000000001';

/** Listens to topics as another service would; what has come is kept by topic. */
export class Probe {
  private readonly seen = new Map<TopicName, unknown[]>();

  static async open(transport: Transport, topics: readonly TopicName[]): Promise<Probe> {
    const probe = new Probe();
    for (const topic of topics) {
      const kept: unknown[] = [];
      probe.seen.set(topic, kept);
      const keep = async (records: Received<TopicName>[]) => void kept.push(...records.map(({ event }) => event));
      transport.addHandler(topic, keep, true);
    }
    await new Promise<void>((resolve, reject) =>
      transport.listen((error) => (error ? reject(error as Error) : resolve())),
    );
    await transport.caughtUp;
    return probe;
  }

  events<T extends TopicName>(topic: T): EventOf<T>[] {
    return (this.seen.get(topic) ?? []) as EventOf<T>[];
  }

  state(kind: 'directory', name: string): EventOf<typeof TOPICS.upstream> | undefined {
    return this.events(TOPICS.upstream)
      .filter((event) => event.kind === kind && event.name === name)
      .at(-1);
  }
}

export const mappingRecord = (tenant: string, collectionType: 'device' | 'user', group = GROUP): OutgoingRecord => {
  const now = Date.now();
  return encodeEvent(
    TOPICS.mapping,
    {
      target: targetOf(tenant, group),
      tenant,
      group,
      groupName: 'Group',
      collection: 'ABC00014',
      collectionType,
      state: 'active',
      policy: DEFAULT_POLICY,
      schedule: DEFAULT_SCHEDULE,
      version: now,
      activated: now,
      changedAt: new Date(now).toISOString(),
    },
    'status',
  );
};

export const deltaRecord = (tenant: string, fields: Partial<MembershipDelta> = {}, group = GROUP): OutgoingRecord =>
  encodeEvent(
    TOPICS.membershipDelta,
    {
      transfer: randomUUID(),
      mode: 'incremental',
      content: 'delta',
      collection: 'ABC00014',
      collectionType: 'device',
      from: 1,
      to: 2,
      chunk: 0,
      last: true,
      readAt: new Date().toISOString(),
      targets: [{ target: targetOf(tenant, group), tenant, group, activated: 1 }],
      adds: [],
      removes: [],
      ...fields,
    },
    'capture',
  );

export const publish = (bus: Bus, ...records: OutgoingRecord[]): Promise<void> => bus.publisher.publish(records);
