import { isUtf8 } from 'node:buffer';
import {
  AppError,
  decodeEvent,
  TOPICS,
  type Decoded,
  type HandlerContext,
  type Publisher,
  type Received,
  type TopicName,
} from '@collection-sync/core';
import { deadLetterRecord } from './dead-letter.js';
import type { Log } from './log.js';
import type { RawRecord } from './raw-record.js';

export interface DeliveryParts {
  readonly service: string;
  /** the consumer group, as operators see it */
  readonly consumer: string;
  readonly publisher: Publisher;
  readonly log: Log;
  readonly handle: (
    topic: TopicName,
    records: Received<TopicName>[],
    context: HandlerContext<TopicName>,
  ) => Promise<void>;
}

/** A handler failed in a way that time does not heal. */
export class HandlerFailure extends Error {
  constructor(
    readonly topic: TopicName,
    override readonly cause: unknown,
  ) {
    super(`the handler of ${topic} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Whether the same attempt may succeed later. */
export const isTransient = (error: unknown): error is AppError => error instanceof AppError && error.retryable;

/** Brings records of one partition to their handler, and those that cannot be read to the dead-letter topic. */
export class Delivery {
  constructor(private readonly parts: DeliveryParts) {}

  /**
   * Returns when every record is handled or dead-lettered. Rejects with a retryable AppError when the same records must come again, and
   * with HandlerFailure when they must not.
   */
  async deliver(raws: readonly RawRecord[], signal: AbortSignal): Promise<void> {
    const readable = new Map<Received<TopicName>, RawRecord>();
    const unreadable: { raw: RawRecord; code: string; why: string }[] = [];
    for (const raw of raws) {
      const { topic, key, headers, partition, offset } = raw;
      const decoded = decode(raw);
      if (decoded.ok) readable.set({ topic, key, headers, partition, offset, event: decoded.event }, raw);
      else unreadable.push({ raw, code: decoded.code, why: decoded.why });
    }
    if (readable.size > 0) await this.handle(readable, signal);
    // last, so that a handler that asks for its records again does not repeat these
    for (const { raw, code, why } of unreadable) await this.giveUp(raw, code, why);
  }

  private async handle(readable: Map<Received<TopicName>, RawRecord>, signal: AbortSignal): Promise<void> {
    const records = [...readable.keys()];
    const topic = records[0]!.topic;
    const context: HandlerContext<TopicName> = {
      signal,
      deadLetter: async (record, code, why) => {
        const raw = readable.get(record);
        if (!raw) throw new AppError('INTERNAL', 'deadLetter was called with a record of another batch');
        await this.giveUp(raw, code, why);
      },
    };
    try {
      await this.parts.handle(topic, records, context);
    } catch (error) {
      throw isTransient(error) ? error : new HandlerFailure(topic, error);
    }
  }

  private async giveUp(raw: RawRecord, code: string, why: string): Promise<void> {
    const { service, consumer, publisher, log } = this.parts;
    const where = { topic: raw.topic, partition: raw.partition, offset: raw.offset, key: raw.key, code, why };
    if (raw.topic === TOPICS.deadLetter) {
      log.error(where, 'a record of the dead-letter topic cannot be used and is left there');
      return;
    }
    const reason = { code, why, consumer, service };
    try {
      await publisher.publish([deadLetterRecord(raw, reason)]);
    } catch (error) {
      if (isTransient(error)) throw error;
      await this.giveUpWithoutBody(raw, reason);
    }
    log.warn(where, 'a record was put on the dead-letter topic');
  }

  /** For a dead-letter topic with a smaller limit than ours. What is refused even so is tried again: a record is never skipped. */
  private async giveUpWithoutBody(raw: RawRecord, reason: Parameters<typeof deadLetterRecord>[1]): Promise<void> {
    try {
      await this.parts.publisher.publish([deadLetterRecord(raw, reason, 16 * 1024)]);
    } catch (error) {
      throw new AppError('BUS_UNAVAILABLE', `the dead-letter topic refuses a record of ${raw.topic}`, { cause: error });
    }
  }
}

const decode = (raw: RawRecord): Decoded<TopicName> => {
  if (raw.value && !isUtf8(raw.value)) return { ok: false, code: 'UNREADABLE_EVENT', why: 'the body is not UTF-8' };
  try {
    return decodeEvent(raw.topic, raw.headers, raw.value === null ? null : raw.value.toString('utf8'));
  } catch (error) {
    return { ok: false, code: 'UNREADABLE_EVENT', why: error instanceof Error ? error.message : String(error) };
  }
};
