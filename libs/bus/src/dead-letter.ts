import { encodeEvent, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import type { RawRecord } from './raw-record.js';

/** A whole copy has at most about this many bytes: below the default `max.message.bytes` of a broker, whatever the topic says. */
export const DEAD_LETTER_BYTES = 1_000_000;
const HEADER_BYTES = 64 * 1024;
const FRAME_BYTES = 4 * 1024;

export interface DeadLetterReason {
  readonly code: string;
  readonly why: string;
  /** the consumer group that gives the record up */
  readonly consumer: string;
  readonly service: string;
}

/** The copy of a record for the dead-letter topic: headers kept, body in base64, cut so that the copy has at most `limit` bytes. */
export const deadLetterRecord = (
  raw: RawRecord,
  reason: DeadLetterReason,
  limit = DEAD_LETTER_BYTES,
): OutgoingRecord => {
  const headers = fitting(raw.headers, Math.min(HEADER_BYTES, limit / 4));
  const key = raw.key.slice(0, 1024);
  const why = reason.why.slice(0, 2000);
  const body = raw.value ?? Buffer.alloc(0);
  const taken = 4 * Buffer.byteLength(key) + 2 * Buffer.byteLength(why) + bytesOf(headers) + FRAME_BYTES;
  const room = Math.max(0, Math.floor(((limit - taken) / 4) * 3));
  return encodeEvent(
    TOPICS.deadLetter,
    {
      topic: raw.topic,
      partition: raw.partition,
      offset: raw.offset,
      key,
      consumer: reason.consumer,
      code: reason.code,
      why,
      at: new Date().toISOString(),
      headers,
      body: body.subarray(0, room).toString('base64'),
      cut: body.length > room || raw.key !== key || Object.keys(headers).length < Object.keys(raw.headers).length,
    },
    reason.service,
    raw.headers['traceparent'],
  );
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
