import stringWidth from 'fast-string-width';
import { expect, it } from 'vitest';
import { tableLines } from './table.js';

it('keeps the columns in line whatever the names are', () => {
  const names = [
    'plain',
    ' blank at its ends ',
    'tab\tand\u001B[31m colour',
    'right\u202Eleft',
    '日本語の部署',
    'e\u0301toile',
    '👩‍💻 team',
    'x'.repeat(256),
  ];
  const lines = tableLines(
    names.map((name) => ({ name })),
    [
      { title: 'Name', of: ({ name }) => name },
      { title: 'End', of: () => '|' },
    ],
  );
  expect(lines.slice(1).map((line) => stringWidth(line))).toEqual(names.map(() => 256 + 3));
  expect(lines.join('')).not.toMatch(/\p{Cc}|\u202E/u);
});
