import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeadLetter } from './events/dead-letter.js';
import { decodeEvent, recordBytes } from './events/envelope.js';
import { TOPICS } from './events/topics.js';
import { DEAD_LETTER_BYTES, deadLetterRecord, type RawRecord } from './put-aside.js';

const reason = {
  code: 'UNREADABLE_EVENT',
  why: 'the body is not JSON',
  consumer: 'collection-sync.writer',
  service: 'writer',
};
const raw = (change: Partial<RawRecord> = {}): RawRecord => ({
  topic: TOPICS.run,
  partition: 3,
  offset: '42',
  key: 'tenant/group',
  headers: { ce_id: 'a', cs_target: 'tenant/group', traceparent: '00-1-2-01' },
  value: Buffer.from('{broken'),
  ...change,
});
const read = (record: ReturnType<typeof deadLetterRecord>): DeadLetter => {
  const decoded = decodeEvent(TOPICS.deadLetter, record.headers, record.value);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.event;
};

describe('deadLetterRecord', () => {
  it('keeps where the record came from, its headers and its body, under its key and trace', () => {
    const record = deadLetterRecord(raw(), reason);
    expect(record).toMatchObject({ topic: TOPICS.deadLetter, key: 'tenant/group' });
    expect(record.headers).toMatchObject({ traceparent: '00-1-2-01', ce_source: '/collection-sync/writer' });
    expect(read(record)).toMatchObject({
      topic: TOPICS.run,
      partition: 3,
      offset: '42',
      consumer: 'collection-sync.writer',
      headers: raw().headers,
      body: Buffer.from('{broken').toString('base64'),
      cut: false,
    });
  });

  it('has an empty body for a record without one', () => {
    expect(read(deadLetterRecord(raw({ value: null }), reason))).toMatchObject({ body: '', cut: false });
  });

  it('cuts the body at its end', () => {
    const letter = read(deadLetterRecord(raw({ value: Buffer.from('abc'.repeat(400_000)) }), reason));
    expect(letter.cut).toBe(true);
    expect(Buffer.from(letter.body, 'base64').toString()).toMatch(/^(abc)+a?b?$/);
  });

  it('keeps our headers rather than foreign ones', () => {
    const headers = { big: 'x'.repeat(200_000), other: 'y', ce_id: 'a', cs_run: 'r' };
    const letter = read(deadLetterRecord(raw({ headers }), reason));
    expect(letter.headers).toEqual({ ce_id: 'a', cs_run: 'r', other: 'y' });
    expect(letter.cut).toBe(true);
  });

  it('never has more bytes than allowed, whatever arrived', () => {
    const text = (size: number) => fc.string({ unit: 'binary', minLength: size, maxLength: size });
    const sized = fc
      .integer({ min: 0, max: 20 })
      .chain(text)
      .map((part) => part.repeat(150));
    const many = fc.dictionary(sized, sized, { maxKeys: 20, noNullPrototype: true });
    fc.assert(
      fc.property(many, sized, sized, fc.integer({ min: 0, max: 1_500_000 }), (headers, key, why, size) => {
        const record = deadLetterRecord(raw({ headers, key, value: Buffer.alloc(size, '"') }), { ...reason, why });
        expect(recordBytes(record)).toBeLessThanOrEqual(DEAD_LETTER_BYTES);
      }),
      { numRuns: 10 },
    );
  }, 30_000);
});
