import { expect, it } from 'vitest';
import { collectionId } from './vocabulary.js';

it.each(['ABC00014', 'SMSOTHER', 'a1b2c3d4-0000-4000-8000-000000000001', 'x'])('takes the collection id %s', (id) =>
  expect(collectionId.parse(id)).toBe(id),
);

it.each(['', 'two words', 'a/b', 'a\0b', "a'b", 'ü', 'x'.repeat(129)])('refuses %j as a collection id', (id) => {
  expect(collectionId.safeParse(id).success).toBe(false);
});
