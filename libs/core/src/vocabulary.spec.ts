import { expect, it } from 'vitest';
import { collectionId } from './vocabulary.js';

it.each(['ABC00014', 'SMS00001', 'SMS000KM', 'SMS000PS', 'SMS000US', 'SMSDM001', 'SMSDM003', 'SMSOTHER'])(
  'takes the collection id %s',
  (id) => expect(collectionId.parse(id)).toBe(id),
);

it.each(['', 'ABC0001', 'ABC000145', 'abc00014', 'ABC-0014', 'ABC0001 '])('refuses %j as a collection id', (id) => {
  expect(collectionId.safeParse(id).success).toBe(false);
});
