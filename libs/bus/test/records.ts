import {
  type DeadLetter,
  encodeEvent,
  TOPICS,
  type OutgoingRecord,
  type Received,
  type TopicName,
} from '@collection-sync/core';

const hex = (number: number) => number.toString(16).padStart(12, '0');

/** A tenant id that is the key of work number `key`. */
export const tenant = (key: number): string => `00000000-0000-4000-8000-${hex(key)}`;

/** Record number `number` of a key, on a topic of work. */
export const work = (key: number, number: number): OutgoingRecord =>
  encodeEvent(
    TOPICS.directoryChange,
    { tenant: tenant(key), at: new Date().toISOString(), identities: [{ change: 'changed', sid: String(number) }] },
    'test',
  );

/** State number `number` of a key, on a compacted topic. */
export const state = (key: string, number: number): OutgoingRecord => {
  const at = new Date().toISOString();
  return encodeEvent(
    TOPICS.upstream,
    { kind: 'site', name: key, state: 'ready', since: at, checkedAt: at, sequence: number },
    'test',
  );
};

/** The number of a record of either kind. */
export const numberOf = (record: Received<TopicName>): number => {
  const event = record.event as { sequence?: number; identities?: { sid?: string }[] };
  return event.sequence ?? Number(event.identities?.[0]?.sid);
};

/** What arrived, by key, in the order in which it was handled. */
export class Arrivals {
  readonly byKey = new Map<string, number[]>();
  total = 0;

  add(records: readonly Received<TopicName>[]): void {
    for (const record of records) {
      const numbers = this.byKey.get(record.key) ?? [];
      numbers.push(numberOf(record));
      this.byKey.set(record.key, numbers);
      this.total += 1;
    }
  }

  of(key: string): number[] {
    return this.byKey.get(key) ?? [];
  }

  /** The numbers of a key without those that came again: in order if none came before an earlier one. */
  distinct(key: string): number[] {
    return [...new Set(this.of(key))];
  }
}

/** A handler that keeps the dead letters it gets. */
export const deadLetters = () => {
  const events: DeadLetter[] = [];
  const handler = async (records: Received<TopicName>[]) => {
    for (const { event } of records) events.push(event as DeadLetter);
  };
  return { events, handler };
};
