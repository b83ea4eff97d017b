import { AppError, asAppError } from './errors.js';
import { encodeEvent, recordBytes, type OutgoingRecord } from './events/envelope.js';
import { TOPICS, type TopicName } from './events/topics.js';
import type { Publisher } from './ports/bus.js';
import { SENTENCES, storableText } from './storable-text.js';

/** A record as it is on its topic, whether anybody could read it or not. */
export interface RawRecord {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

/** A whole copy has at most this many bytes: below the default `max.message.bytes` of a broker, whatever the topic says. */
export const DEAD_LETTER_BYTES = 1_000_000;
/** For a dead-letter topic with a smaller limit than ours. */
const SMALL_BYTES = 16 * 1024;
const HEADER_BYTES = 64 * 1024;

export interface DeadLetterReason {
  readonly code: string;
  readonly why: string;
  /** who gives the record up: a consumer group, or the outbox of a service */
  readonly consumer: string;
  readonly service: string;
}

/**
 * Gives a record up: its copy goes to the dead-letter topic. Where even a small copy is refused the bus counts as away: a record is never
 * skipped.
 */
export const putAside = async (publisher: Publisher, raw: RawRecord, reason: DeadLetterReason): Promise<void> => {
  try {
    await publisher.publish([deadLetterRecord(raw, reason)]);
  } catch (error) {
    if (asAppError(error).retryable) throw error;
    await publisher.publish([deadLetterRecord(raw, reason, SMALL_BYTES)]).catch((cause: unknown) => {
      throw new AppError('BUS_UNAVAILABLE', `the dead-letter topic refuses a record of ${raw.topic}`, { cause });
    });
  }
};

/** The copy of a record for the dead-letter topic: headers kept, body in base64, cut so that the copy has at most `limit` bytes. */
export const deadLetterRecord = (
  raw: RawRecord,
  reason: DeadLetterReason,
  limit = DEAD_LETTER_BYTES,
): OutgoingRecord => {
  const key = storableText(raw.key, limit < DEAD_LETTER_BYTES ? SENTENCES / 4 : SENTENCES);
  const headers = fitting(raw.headers, Math.min(HEADER_BYTES, limit / 4));
  const body = raw.value ?? Buffer.alloc(0);
  const copy = (taken: Buffer): OutgoingRecord =>
    encodeEvent(
      TOPICS.deadLetter,
      {
        topic: raw.topic,
        partition: raw.partition,
        offset: raw.offset,
        key,
        consumer: reason.consumer,
        code: reason.code,
        why: reason.why,
        at: new Date().toISOString(),
        headers,
        body: taken.toString('base64'),
        cut:
          taken.length < body.length ||
          raw.key !== key ||
          Object.keys(headers).length < Object.keys(raw.headers).length,
      },
      reason.service,
      raw.headers['traceparent'],
    );
  const room = limit - recordBytes(copy(Buffer.alloc(0)));
  return copy(body.subarray(0, Math.max(0, Math.floor(room / 4) * 3)));
};

const bytesOf = (headers: Record<string, string>): number => Buffer.byteLength(JSON.stringify(headers));

/** As many headers as fit, ours first: they say what the record was about. */
const fitting = (headers: Readonly<Record<string, string>>, limit: number): Record<string, string> => {
  const kept: Record<string, string> = {};
  let left = limit;
  const rank = (name: string) => (/^(ce_|cs_|content-type$|traceparent$)/.test(name) ? 0 : 1);
  for (const name of Object.keys(headers).sort((a, b) => rank(a) - rank(b))) {
    const size = bytesOf({ [name]: headers[name] ?? '' });
    if (size > left) continue;
    kept[name] = headers[name] ?? '';
    left -= size;
  }
  return kept;
};
