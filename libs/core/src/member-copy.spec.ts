import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmedDifferences, lastWords, whyList, type GroupWord, type MemberWord } from './member-copy.js';

const object: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const word: fc.Arbitrary<MemberWord> = fc.record({ object, there: fc.boolean() });

/** What a reader of every row, one after the other, would know. */
const follow = (members: Set<string>, words: readonly GroupWord[]): Set<string> => {
  for (const { members: said } of words)
    for (const { object: id, there } of said) {
      if (there) members.add(id);
      else members.delete(id);
    }
  return members;
};

const page = (...members: MemberWord[][]): GroupWord[] =>
  members.map((said) => ({ group: 'g', removed: false, unreadable: false, members: said }));

describe('a copy kept by the pages of a delta', () => {
  it('is the same whether rows or the last words of each page are followed, whatever is repeated, empty or taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 4 }), { maxLength: 8 }), (pages) => {
        const all = pages.map((rows) => page(...rows));
        const byRows = follow(new Set(), all.flat());
        const byWords = all.reduce((members, rows) => follow(members, lastWords(rows)), new Set<string>());
        expect([...byWords].sort()).toEqual([...byRows].sort());
      }),
    );
  });

  it('equals the group after a first round in any order and the changes since, however they are cut into pages and sent again', () => {
    const steps = fc.array(word, { maxLength: 20 });
    fc.assert(
      fc.property(fc.uniqueArray(object), steps, fc.integer({ min: 1, max: 5 }), (members, changes, size) => {
        const group = new Set<string>(members);
        const first = members.map((id): MemberWord => ({ object: id, there: true }));
        const cut = (words: MemberWord[]): GroupWord[][] =>
          Array.from({ length: Math.ceil(words.length / size) }, (_, at) =>
            page(words.slice(at * size, (at + 1) * size), []),
          );
        const news = new Map<string, boolean>();
        for (const { object: id, there } of changes) {
          if (there) group.add(id);
          else group.delete(id);
          news.set(id, there);
        }
        const last = cut([...news].map(([id, there]) => ({ object: id, there })));
        // a round that is read again from its beginning says the same again
        const pages = [...cut(first), ...cut(first), [], ...last, ...last];
        const copy = pages.reduce((known, rows) => follow(known, lastWords(rows)), new Set<string>());
        expect([...copy].sort()).toEqual([...group].sort());
      }),
    );
  });

  it('takes a page to name each group and each object once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word), { maxLength: 5 }), (rows) => {
        const words = lastWords(page(...rows));
        expect(words.length).toBe(rows.length === 0 ? 0 : 1);
        const objects = words.flatMap(({ members }) => members.map((member) => member.object));
        expect(new Set(objects).size).toBe(objects.length);
      }),
    );
  });

  it('believes the last word on whether the group is gone, and nothing unreadable', () => {
    const said = { group: 'g', removed: true, unreadable: true, members: [] };
    expect(lastWords([said, { ...said, removed: false, unreadable: false }])).toEqual([
      { group: 'g', removed: false, unreadable: true, members: [] },
    ]);
  });
});

describe('whether a full run must list the group', () => {
  it('is spared only what the ledger says already and Graph counts', () => {
    expect(whyList({ known: 5, counted: 5, different: 0 })).toBeUndefined();
    expect(whyList({ known: 5, counted: 5, different: 1 })).toContain('differ in 1');
    expect(whyList({ known: 5, counted: 6, different: 0 })).toContain('counts 6');
    expect(whyList({ known: 5, counted: 4, different: 0 })).toContain('counts 4');
    expect(whyList({ known: 0, counted: undefined, different: 0 })).toContain('did not count');
  });

  it('tells a difference that two checks found, never one that one check found', () => {
    expect(confirmedDifferences([], ['a', 'b'])).toEqual([]);
    expect(confirmedDifferences(['b', 'c'], ['a', 'b'])).toEqual(['b']);
  });
});
