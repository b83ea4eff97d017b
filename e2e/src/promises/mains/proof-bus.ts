import type { Bus } from '@collection-sync/bus';
import { Publisher, type OutgoingRecord } from '@collection-sync/core';

type Publish = (records: readonly OutgoingRecord[]) => Promise<void>;

class Wrapped extends Publisher {
  constructor(readonly publish: Publish) {
    super();
  }
}

const withPublisher = (bus: Bus, publish: Publish): Bus => ({
  publisher: new Wrapped(publish),
  work: (service) => bus.work(service),
  state: (service) => bus.state(service),
  ping: () => bus.ping(),
  close: () => bus.close(),
});

/** The same bus with named points before records are sent and after they are acknowledged. */
export const busWithPoints = (bus: Bus, service: string, point: (name: string) => void): Bus =>
  withPublisher(bus, async (records) => {
    point(`${service}.publishing`);
    await bus.publisher.publish(records);
    point(`${service}.published`);
  });

/** Safeguard left out: records count as sent before the broker has them. */
export const busWithoutAcks = (bus: Bus): Bus =>
  withPublisher(bus, async (records) => void bus.publisher.publish(records).catch(() => undefined));

/** The same bus; each record is changed on its way. */
export const busThatChanges = (bus: Bus, change: (record: OutgoingRecord) => Promise<OutgoingRecord>): Bus =>
  withPublisher(bus, async (records) => bus.publisher.publish(await Promise.all(records.map(change))));
