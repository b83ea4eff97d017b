import type { Publisher, Backoff } from '@collection-sync/core';
import type { Transport } from './transport.js';

/** What carries events between services. Two implementations under the same contract tests: Kafka, in-process. */
export interface Bus {
  readonly publisher: Publisher;
  /**
   * The consumer that shares the work of a service with its other replicas: group `collection-sync.<service>`, from the earliest record,
   * going on where the group stopped. Give it to Nest as a strategy; handlers are marked with `OnWork`.
   */
  work(service: string): Transport;
  /**
   * A reader of whole compacted topics, in a group of its own that never commits. Handlers are marked with `OnState`; `caughtUp`
   * resolves when they have handled everything that was there at the start.
   */
  state(service: string): Transport;
  /** Rejects with BUS_UNAVAILABLE when the bus does not answer. */
  ping(): Promise<void>;
  /** How many records of each topic the group of a service has not consumed yet; not told where nothing is kept. */
  lag?(service: string): Promise<ReadonlyMap<string, number>>;
  /** Closes every transport that is still open, then the connections. */
  close(): Promise<void>;
}

/** Between two calls of a handler that failed in a way that may pass. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 250, maxMs: 10_000 };

/** A handler gets at most this many records at once. */
export const MAX_BATCH = 500;
