import {
  chunksOf,
  encodeEvent,
  nextVersion,
  TOPICS,
  type EventInput,
  type MemberOutcome,
  type OutgoingRecord,
  type RunEvent,
} from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Outbox, Tx } from '@collection-sync/postgres';
import { SERVICE } from './context.js';
import { storeNumbers, type Target } from './store/targets.js';

/** What a writer's run event says beyond the fields that every one has. */
type Published<E> = E extends { producer: infer P }
  ? 'writer' extends P
    ? Omit<E, 'target' | 'collection' | 'activated' | 'at' | 'sequence' | 'producer'>
    : never
  : never;
export type WriterEvent = Published<RunEvent>;

type Snapshot = NonNullable<EventInput<typeof TOPICS.membershipResult>['snapshot']>;

/**
 * What one transaction tells about a target. The transaction holds the target's row, so its numbers follow each other without a gap;
 * `flush` puts the records into the outbox with them.
 */
export class Report {
  #records: OutgoingRecord[] = [];
  #resultNo: number;
  #runNo: number;
  #part: number;

  constructor(
    private readonly outbox: Outbox,
    private readonly target: Target,
    /** next part of the snapshot under way: a report has one at a time */
    part = 0,
  ) {
    this.#part = part;
    this.#resultNo = target.resultNo;
    this.#runNo = target.runNo;
  }

  get part(): number {
    return this.#part;
  }

  /** What became of members, in as many records as they need; the parts of a snapshot, which may be empty, are numbered. */
  results(members: readonly MemberOutcome[], snapshot?: Omit<Snapshot, 'part'>): void {
    if (members.length === 0 && !snapshot) return;
    for (const { items, last } of chunksOf(members)) {
      if (!snapshot) {
        this.#result(items);
        continue;
      }
      const position = { part: this.#part, last: last && snapshot.last };
      this.#part = position.last ? 0 : this.#part + 1;
      this.#result(items, { ...snapshot, ...position });
    }
  }

  #result(members: MemberOutcome[], snapshot?: Snapshot): void {
    const { target, collection, activated, merged, now } = this.target;
    if (collection === null) return;
    const previous = this.#resultNo;
    this.#resultNo = nextVersion(previous, now.getTime());
    const sequence = this.#resultNo;
    const event = {
      target,
      collection,
      activated,
      merged,
      sequence,
      previous,
      members,
      ...(snapshot ? { snapshot } : {}),
    };
    this.#records.push(encodeEvent(TOPICS.membershipResult, event, SERVICE, traceparent()));
  }

  /** A step in the story of the target. */
  run(event: WriterEvent, about: { collection?: string; activated?: number } = {}): void {
    const { target, now } = this.target;
    const collection = about.collection ?? this.target.collection;
    const activated = about.activated ?? this.target.activated;
    if (collection === null) return;
    this.#runNo = nextVersion(this.#runNo, now.getTime());
    const body = {
      ...event,
      target,
      collection,
      activated,
      at: now.toISOString(),
      sequence: this.#runNo,
      producer: 'writer',
    };
    this.#records.push(encodeEvent(TOPICS.run, body as EventInput<typeof TOPICS.run>, SERVICE, traceparent()));
  }

  /** May be called again and again, so that a long telling is never held in memory as a whole. */
  async flush(tx: Tx): Promise<void> {
    if (this.#records.length === 0) return;
    const records = this.#records;
    this.#records = [];
    await this.outbox.add(tx, records);
    await storeNumbers(tx, this.target.id, this.#resultNo, this.#runNo);
  }
}
