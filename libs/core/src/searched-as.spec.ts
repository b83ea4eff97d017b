import { expect, it } from 'vitest';
import { searchedAs } from './searched-as.js';

it.each([
  ['PC1', ['PC1']],
  [' PC1\t', ['PC1', ' PC1\t']],
  ['', []],
  [' \t', []],
])('%j is searched by %j', (typed, texts) => expect(searchedAs(typed)).toEqual(texts));
