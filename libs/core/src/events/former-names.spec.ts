import { describe, expect, it } from 'vitest';
import { BODIES } from '../../test/bodies-of-0.1.0.js';
import { decodeEvent, encodeEvent } from './envelope.js';
import { TOPICS } from './topics.js';

const former = Object.values(TOPICS).flatMap((topic) => BODIES[topic].map((body) => ({ topic, body })));
const numbered = former.filter(({ body }) => 'number' in body);
const read = (topic: (typeof former)[number]['topic'], body: unknown) => {
  const decoded = decodeEvent(topic, { ce_type: topic }, JSON.stringify(body));
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.event;
};

describe('names that changed', () => {
  it('are those of four topics', () => {
    expect([...new Set(numbered.map(({ topic }) => topic))]).toEqual([
      TOPICS.collection,
      TOPICS.upstream,
      TOPICS.membershipResult,
      TOPICS.run,
    ]);
  });

  it.each(numbered)('both are read: $topic $body.event', ({ topic, body }) => {
    const { number, ...rest } = body as { number: number };
    const present = { ...rest, sequence: number };
    expect(read(topic, body)).toEqual(read(topic, present));
    expect(read(topic, present)).toMatchObject({ sequence: number });
    expect(read(topic, present)).not.toHaveProperty('number');
  });

  it('the present name decides where both stand', () => {
    const [body] = BODIES[TOPICS.upstream];
    expect(read(TOPICS.upstream, { ...body, number: 7, sequence: 8 })).toMatchObject({ sequence: 8 });
  });

  it.each(['standing', 'ledger-version'])('the event %s is a ledger version', (event) => {
    const body = BODIES[TOPICS.run].find((one) => 'event' in one && one.event === 'standing');
    expect(read(TOPICS.run, { ...body, event })).toMatchObject({ event: 'ledger-version', version: 1 });
  });

  it.each(former)('a service of 0.1.0 finds its names in what is published: $topic $body.event', ({ topic, body }) => {
    const { value } = encodeEvent(topic, read(topic, body) as never, 'test');
    expect(JSON.parse(value)).toMatchObject(body);
  });
});
