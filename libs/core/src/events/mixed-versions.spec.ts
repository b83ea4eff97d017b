import { describe, expect, it } from 'vitest';
import { BODIES } from '../../test/bodies-of-0.1.0.js';
import { decodeEvent, encodeEvent } from './envelope.js';
import { withPresentNames } from './former-names.js';
import { runEvent } from './run.js';
import { TOPICS, type TopicName } from './topics.js';

const topics = Object.values(TOPICS);
const released = topics.flatMap((topic) => BODIES[topic].map((body) => ({ topic, body })));

/** What a later release may add: a field in every object, a list and an object among them. */
const grown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(grown);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, keyed(name) ? field : grown(field)] as const);
  return { ...Object.fromEntries(fields), addedLater: { list: [1], text: 'new' } };
};

/** These are maps from names to values, not records with fields. */
const keyed = (name: string): boolean => ['headers', 'figures', 'detail', 'before', 'after'].includes(name);

const read = (topic: TopicName, body: unknown): unknown => {
  const decoded = decodeEvent(topic, { ce_type: topic }, JSON.stringify(body));
  expect(decoded.ok ? '' : decoded.why).toBe('');
  return decoded.ok ? decoded.event : undefined;
};

describe('services of two releases understand each other', () => {
  it('has a body of every topic, and of every event of a run', () => {
    expect(topics.filter((topic) => BODIES[topic].length === 0)).toEqual([]);
    const events = runEvent.options.map(({ shape }) => shape.event.value);
    expect(BODIES[TOPICS.run].map((body) => (withPresentNames(body) as { event: string }).event)).toEqual(
      expect.arrayContaining(events),
    );
  });

  it.each(released)('a newer service reads what 0.1.0 wrote: $topic $body.event', ({ topic, body }) => {
    const { number: _number, ...present } = withPresentNames(body) as Record<string, unknown>;
    expect(read(topic, body)).toMatchObject(present);
  });

  it.each(released)('an older service ignores what was added: $topic $body.event', ({ topic, body }) => {
    expect(read(topic, grown(body))).toEqual(read(topic, body));
  });

  it('gives what an older service does not say its default', () => {
    expect(read(TOPICS.mapping, BODIES[TOPICS.mapping][0])).toMatchObject({
      collectionName: '',
      changedBy: '',
      policy: { guard: { maxRemovals: 500 }, withoutRecord: 'fail', disabledObjects: 'remove' },
    });
    expect(read(TOPICS.membershipResult, BODIES[TOPICS.membershipResult][0])).toMatchObject({
      members: [{ name: '', attempts: 0 }],
    });
  });

  it.each(released)('what is published can be read at once: $topic $body.event', ({ topic, body }) => {
    const { headers, value } = encodeEvent(topic, read(topic, body) as never, 'test');
    expect(decodeEvent(topic, headers, value)).toEqual({ ok: true, event: read(topic, body) });
  });

  it.each(topics)('a record of another major version is told apart: %s', (topic) => {
    const later = topic.replace(/\.v1$/, '.v2');
    expect(decodeEvent(topic, { ce_type: later }, JSON.stringify(BODIES[topic][0]))).toEqual({
      ok: false,
      code: 'UNKNOWN_EVENT_VERSION',
      why: `ce_type is ${later}, expected ${topic}`,
    });
  });
});
