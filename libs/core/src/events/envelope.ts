import type { z } from 'zod';
import { auditEvent } from './audit.js';
import { collectionEvent } from './collection.js';
import { commandEvent } from './command.js';
import { deadLetterEvent } from './dead-letter.js';
import { directoryChangeEvent } from './directory-change.js';
import { lookUpEvent } from './look-up.js';
import { mappingEvent } from './mapping.js';
import { membershipChangeEvent } from './membership-change.js';
import { membershipDeltaEvent } from './membership-delta.js';
import { membershipResultEvent } from './membership-result.js';
import { runEvent } from './run.js';
import { TOPICS, type TopicName } from './topics.js';
import { upstreamEvent, upstreamKey } from './upstream.js';
import { withFormerNames, withPresentNames } from './former-names.js';
import { CODE, storableText } from '../storable-text.js';
import { jsonErrorPosition } from '../json-error-position.js';

/** The schema of each topic's body. Readers ignore unknown fields. */
export const EVENT_SCHEMAS = {
  [TOPICS.mapping]: mappingEvent,
  [TOPICS.command]: commandEvent,
  [TOPICS.collection]: collectionEvent,
  [TOPICS.upstream]: upstreamEvent,
  [TOPICS.membershipDelta]: membershipDeltaEvent,
  [TOPICS.directoryChange]: directoryChangeEvent,
  [TOPICS.membershipChange]: membershipChangeEvent,
  [TOPICS.membershipResult]: membershipResultEvent,
  [TOPICS.run]: runEvent,
  [TOPICS.lookUp]: lookUpEvent,
  [TOPICS.audit]: auditEvent,
  [TOPICS.deadLetter]: deadLetterEvent,
} as const satisfies Record<TopicName, z.ZodType>;

export type EventOf<T extends TopicName> = z.output<(typeof EVENT_SCHEMAS)[T]>;
export type EventInput<T extends TopicName> = z.input<(typeof EVENT_SCHEMAS)[T]>;

/** What stays in order: the key of each topic's records. */
const KEYS: { [T in TopicName]: (event: EventOf<T>) => string } = {
  [TOPICS.mapping]: (event) => event.target,
  [TOPICS.command]: (event) => event.target,
  [TOPICS.collection]: (event) => event.collection,
  [TOPICS.upstream]: upstreamKey,
  [TOPICS.membershipDelta]: (event) => event.collection,
  [TOPICS.directoryChange]: (event) => event.tenant,
  [TOPICS.membershipChange]: (event) => event.target,
  [TOPICS.membershipResult]: (event) => event.target,
  [TOPICS.run]: (event) => event.target,
  [TOPICS.lookUp]: (event) => event.id,
  [TOPICS.audit]: (event) => event.subject,
  [TOPICS.deadLetter]: (event) => event.key,
};

/** A record ready for the bus: CloudEvents 1.0, Kafka protocol binding, binary mode. */
export interface OutgoingRecord {
  readonly topic: TopicName;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

/** What a record takes on the wire, but for what the broker adds to it. */
export const recordBytes = ({ key, value, headers }: OutgoingRecord): number =>
  [key, value ?? '', ...Object.entries(headers).flat()].reduce((sum, part) => sum + Buffer.byteLength(part), 0);

/** Fields that also travel as headers, so that a record with an unreadable body is still attributable. */
const HEADER_FIELDS = ['transfer', 'chunk', 'target', 'collection', 'run'] as const;

/**
 * Makes the record of an event. The body is validated here, once, so that nothing unreadable is ever published.
 * @param source name of the producing service
 * @param trace W3C traceparent, if there is a trace
 */
export const encodeEvent = <T extends TopicName>(
  topic: T,
  event: EventInput<T>,
  source: string,
  trace?: string,
): OutgoingRecord => {
  const schema: z.ZodType = EVENT_SCHEMAS[topic];
  const body = schema.parse(event) as EventOf<T>;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: crypto.randomUUID(),
    ce_source: `/collection-sync/${source}`,
    ce_type: topic,
    ce_subject: KEYS[topic](body),
    ce_time: new Date().toISOString(),
  };
  const fields = body as Record<string, unknown>;
  for (const field of HEADER_FIELDS) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number') headers[`cs_${field}`] = String(value);
  }
  if (trace) headers['traceparent'] = storableText(trace, CODE);
  return { topic, key: KEYS[topic](body), headers, value: JSON.stringify(withFormerNames(fields)) };
};

export type Decoded<T extends TopicName> =
  | { readonly ok: true; readonly event: EventOf<T> }
  | { readonly ok: false; readonly code: 'UNREADABLE_EVENT' | 'UNKNOWN_EVENT_VERSION'; readonly why: string };

/** Total: whatever arrives is an event or a reason why it is none. */
export const decodeEvent = <T extends TopicName>(
  topic: T,
  headers: Readonly<Record<string, string>>,
  value: string | null,
): Decoded<T> => {
  const type = headers['ce_type'];
  if (type !== undefined && type !== topic) {
    return {
      ok: false,
      code: 'UNKNOWN_EVENT_VERSION',
      why: `ce_type is ${storableText(type, CODE)}, expected ${topic}`,
    };
  }
  if (value === null) return { ok: false, code: 'UNREADABLE_EVENT', why: 'the record has no body' };
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch (error) {
    return {
      ok: false,
      code: 'UNREADABLE_EVENT',
      why: `the body is ${jsonErrorPosition(error)}`,
    };
  }
  const schema: z.ZodType = EVENT_SCHEMAS[topic];
  const parsed = schema.safeParse(withPresentNames(json));
  if (parsed.success) return { ok: true, event: parsed.data as EventOf<T> };
  const why = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    .join('; ');
  return { ok: false, code: 'UNREADABLE_EVENT', why };
};
