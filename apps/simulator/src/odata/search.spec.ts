import { describe, expect, it } from 'vitest';
import { matchesSearch, searchTokens } from './search.js';

describe('the words of a text', () => {
  it.each([
    ['hello world', ['hello', 'world']],
    ['HelloWorld', ['hello', 'world']],
    ['helloWORLD', ['hello', 'world']],
    ['HELLOworld', ['helloworld']],
    ['hello.world', ['hello', '.', 'world', 'helloworld']],
    ['hello123world', ['hello', '123', 'world']],
  ])('of %j are %j', (text, tokens) => expect(searchTokens(text)).toEqual(tokens));
});

describe('a search', () => {
  it.each(['李四(David Li)', '李四', 'David', 'Li', 'David)', '(李四', 'Li 李'])(
    'for %j finds 李四(David Li)',
    (search) => expect(matchesSearch('李四(David Li)', search)).toBe(true),
  );
  it.each([
    ['Vasil US', 'us', true],
    ['SfBMailUser', 'US', true],
    ['hello-world', 'helloworld', true],
    ['Intune - Berlin devices', 'devices berlin', true],
    ['Intune - Berlin devices', 'berl', true],
    ['Intune - Berlin devices', 'erlin', false],
  ])('of %j for %j: %j', (text, search, found) => expect(matchesSearch(text, search)).toBe(found));
});
