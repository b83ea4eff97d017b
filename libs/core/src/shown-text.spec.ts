import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownJson, shownName, shownText } from './shown-text.js';

const ACTS = /[\p{Cc}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

describe('a text from outside', () => {
  it.each([
    ['PC\u0007\t1', 'PC␇␉1'],
    ['\u001B[31mred', '␛[31mred'],
    ['user\u202Etxt.exe', 'user⟨U+202E⟩txt.exe'],
    ['a\u007Fb\u009Bc\u2028d', 'a␡b⟨U+009B⟩c⟨U+2028⟩d'],
    ['👩\u200D💻 می\u200Cخواهم', '👩\u200D💻 می\u200Cخواهم'],
  ])('%j is shown as %s', (given, shown) => {
    expect(shownText(given)).toBe(shown);
  });

  it('shows blanks at the ends of a name only', () => {
    expect(shownName('  Finance PCs\u00A0')).toBe('␠␠Finance PCs␠');
    expect(shownText('  indented')).toBe('  indented');
  });

  it('never acts on what shows it, and stays as it is once shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = shownName(text);
        expect(shown).not.toMatch(ACTS);
        expect(shownName(shown)).toBe(shown);
      }),
    );
  });

  it('means the same in JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = shownJson(JSON.stringify(value, null, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(ACTS);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
