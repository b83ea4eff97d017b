import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHUNK_BYTES, chunksOf } from '../chunks.js';
import { decodeEvent, encodeEvent, EVENT_SCHEMAS, recordBytes } from './envelope.js';
import { TOPICS, type TopicName } from './topics.js';

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  maxLength?: number;
}

/** The fields of text whose content nothing bounds. */
const unbounded = (schema: JsonSchema, path: string): string[] => [
  ...(schema.type === 'string' && !(schema.enum ?? schema.const ?? schema.pattern ?? schema.format ?? schema.maxLength)
    ? [path]
    : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => unbounded(part, `${path}.${name}`)),
  ...(schema.items ? unbounded(schema.items, `${path}[]`) : []),
  ...(typeof schema.additionalProperties === 'object' ? unbounded(schema.additionalProperties, `${path}{}`) : []),
  ...(schema.propertyNames ? unbounded(schema.propertyNames, `${path} name`) : []),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((part) => unbounded(part, path)),
];

const target = '9b2e0000-0000-4000-8000-000000000001/7c110000-0000-4000-8000-000000000002';
const result = (message: string) => ({
  target,
  collection: 'ABC00014',
  activated: 1,
  merged: 1,
  sequence: 2,
  previous: 1,
  members: [
    {
      resource: 1,
      object: null,
      name: message,
      state: 'failed' as const,
      wanted: true,
      message,
      at: '2026-11-01T10:00:00Z',
    },
  ],
});
const odd = fc
  .array(fc.constantFrom('\0', '\uD83D', '\uDE00', '\u{1F600}', '\\u0000', '\u0001', 'x'.repeat(300)), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe('the texts of events', () => {
  it.each(Object.entries(EVENT_SCHEMAS))('of %s are cleaned and cut, or of a known form', (_topic, schema) => {
    const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    // guid reads any spelling and refuses the rest
    const free = unbounded(described, 'event').filter((path) => !GUIDS.test(path));
    expect(free).toEqual([]);
  });

  it('are storable after any way through a record, written by us or by somebody else', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const record = encodeEvent(TOPICS.membershipResult, result(text), 'test');
        for (const value of [record.value, JSON.stringify(result(text))]) {
          const decoded = decodeEvent(TOPICS.membershipResult, record.headers, value);
          if (!decoded.ok) throw new Error(decoded.why);
          const [{ name, message = '' } = { name: '' }] = decoded.event.members;
          expect([...name].length).toBeLessThanOrEqual(256);
          expect([...message].length).toBeLessThanOrEqual(1_000);
          for (const part of [name, message]) {
            expect(part.isWellFormed()).toBe(true);
            expect(part).not.toContain('\0');
          }
        }
      }),
    );
  });

  it('do not make a record of 1,000 failed members larger than a broker takes', () => {
    const [member] = result('\u0001'.repeat(2_000)).members;
    const members = Array.from({ length: 1_000 }, () => member!);
    const records = [...chunksOf(members)].map(({ items }) =>
      encodeEvent(TOPICS.membershipResult, { ...result(''), members: items }, 'test'),
    );
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) expect(recordBytes(record)).toBeLessThan(CHUNK_BYTES + 16 * 1024);
  });
});

describe('a version', () => {
  const decode = (version: number) =>
    decodeEvent<TopicName>(TOPICS.membershipResult, {}, JSON.stringify({ ...result(''), merged: version }));

  it('that no clock gave is refused: after the greatest number there is no next one', () => {
    expect(decode(Number.MAX_SAFE_INTEGER)).toMatchObject({ ok: false, why: 'merged: is a version from the future' });
  });

  it('of a clock that is a day ahead is accepted', () => {
    expect(decode(Date.now() + 86_400_000).ok).toBe(true);
  });
});

const GUIDS = /\.(tenant|group|object|objects\[\]|candidates\[\]|deviceId|userId|tenantId)$/;
