import { isUtf8 } from 'node:buffer';
import {
  AppError,
  decodeEvent,
  putAside,
  TOPIC_SETTINGS,
  TOPICS,
  type Decoded,
  type ErrorCode,
  type HandlerContext,
  type Publisher,
  type RawRecord,
  type Received,
  type TopicName,
  type Log,
} from '@collection-sync/core';

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

/** A failure of one record, not of the handler: the database or the bus refuses what is in it. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['DATABASE_VALUE_REFUSED', 'BUS_RECORD_REFUSED']);
const isRefusal = (error: unknown): error is AppError => error instanceof AppError && REFUSALS.has(error.code);

/** What a compacted topic keeps of a key that nobody needs any more. */
const isTombstone = ({ topic, value }: RawRecord): boolean => value === null && TOPIC_SETTINGS[topic].compacted;

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
      if (isTombstone(raw)) continue;
      const { topic, key, headers, partition, offset } = raw;
      const decoded = decode(raw);
      if (decoded.ok) readable.set({ topic, key, headers, partition, offset, event: decoded.event }, raw);
      else unreadable.push({ raw, code: decoded.code, why: decoded.why });
    }
    if (readable.size > 0) await this.handleOrPutAside(readable, signal);
    // last, so that a handler that asks for its records again does not repeat these
    for (const { raw, code, why } of unreadable) await this.giveUp(raw, code, why);
  }

  /** Of records that are refused together each is tried alone, and those that are refused again go to the dead-letter topic. */
  private async handleOrPutAside(
    readable: ReadonlyMap<Received<TopicName>, RawRecord>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.handle(readable, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const [record, raw] of readable) {
        if (readable.size === 1) await this.giveUp(raw, error.code, error.message);
        else await this.handleOrPutAside(new Map([[record, raw]]), signal);
      }
    }
  }

  private async handle(readable: ReadonlyMap<Received<TopicName>, RawRecord>, signal: AbortSignal): Promise<void> {
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
      throw isTransient(error) || isRefusal(error) ? error : new HandlerFailure(topic, error);
    }
  }

  private async giveUp(raw: RawRecord, code: string, why: string): Promise<void> {
    const { service, consumer, publisher, log } = this.parts;
    const where = { topic: raw.topic, partition: raw.partition, offset: raw.offset, key: raw.key, code, why };
    if (raw.topic === TOPICS.deadLetter) {
      log.error(where, 'a record of the dead-letter topic cannot be used and is left there');
      return;
    }
    await putAside(publisher, raw, { code, why, consumer, service });
    log.warn(where, 'a record was put on the dead-letter topic');
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
