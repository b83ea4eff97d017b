import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { Output, type Format } from './output.js';

const written = (format: Format, write: (output: Output) => void): string => {
  let text = '';
  const stream = { write: (part: string) => (text += part) };
  write(new Output(format, stream, stream, false));
  return text;
};
const name = fc.string({ unit: 'binary', maxLength: 40 });
const read = { json: (text: string): unknown => JSON.parse(text), yaml: (text: string): unknown => parse(text) };

it.each(['json', 'yaml'] as const)('lets no name act on the terminal as %s, and says it whole', (format) => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(name, name)), (given) => {
      // half a character is in no text of the API
      const data = JSON.parse(
        JSON.stringify(given)
          .toWellFormed()
          .replaceAll(/\\ud[89a-f]../gi, '?'),
      ) as unknown;
      const text = written(format, (output) => output.data(data));
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
      expect(read[format](text)).toEqual(data);
    }),
  );
});

it('lets no name act on the terminal in words and tables', () => {
  fc.assert(
    fc.property(name, (given) => {
      const text = written('table', (output) => {
        output.rows([given], [{ title: 'Name', of: (row) => row }]);
        output.one({}, [['Name', given]]);
        output.text(`${given} was mapped.`);
        output.say(`${given} was mapped.`);
      });
      expect(text.split('\n')).toHaveLength(6);
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});
