import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStorable, storable, storableJson, storableText } from './storable-text.js';

/** Bytes as whoever read them might have made a text of them: UTF-16 gives half pairs, every reading gives NUL. */
const anyText = fc
  .tuple(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('utf8' as const, 'latin1' as const, 'utf16le' as const))
  .map(([bytes, encoding]) => Buffer.from(bytes).toString(encoding));
const oddText = fc.oneof(
  anyText,
  fc
    .array(fc.constantFrom('\0', '\uD83D', '\uDE00', '\u{1F600}', '\\u0000', 'C:\\', 'a'))
    .map((parts) => parts.join('')),
);
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)]);
};
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, oddText, fc.integer(), fc.constant(null), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(oddText, tie('value'), { maxKeys: 4 }),
})).value;

describe('storableText', () => {
  it('makes any bytes storable, and leaves what is storable as it is', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        expect(isStorable(storableText(text))).toBe(true);
        expect(storableText(text)).toHaveLength(text.length);
        expect(storableText(storableText(text))).toBe(storableText(text));
        if (isStorable(text)) expect(storableText(text)).toBe(text);
      }),
    );
  });

  it('cuts between characters: what is left is the beginning, as long as is allowed', () => {
    fc.assert(
      fc.property(oddText, fc.nat(40), (text, most) => {
        const characters = [...storableText(text)];
        expect(storableText(text, most)).toBe(characters.slice(0, most).join(''));
      }),
    );
  });
});

describe('JSON', () => {
  it('is storable whatever it was made of, and means the same', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const stored: unknown = JSON.parse(storableJson(value));
        expect(textsIn(stored).every(isStorable)).toBe(true);
        expect(stored).toEqual(JSON.parse(JSON.stringify(storable(value))));
        expect(parseStorable(JSON.stringify(value))).toEqual(stored);
        if (textsIn(value).every(isStorable)) expect(stored).toEqual(value);
      }),
    );
  });

  it('keeps the six characters that only look like NUL', () => {
    expect(parseStorable(storableJson({ note: 'C:\\u0000' }))).toEqual({ note: 'C:\\u0000' });
  });
});
