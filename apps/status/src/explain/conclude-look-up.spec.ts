import type { DirectoryAnswer, SiteAnswer } from '@collection-sync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concludeLookUp } from './conclude-look-up.js';

const at = '2026-11-28T10:00:00.000Z';
const object = '0b1ec700-0000-4000-8000-000000000001';
const one = { resource: 7, name: 'PC7', identity: {}, membership: 'none' as const };
const site = (...resources: SiteAnswer['resources']): SiteAnswer => ({ at, resources });
const directory = (more: Partial<DirectoryAnswer> = {}): DirectoryAnswer => ({ at, resolved: [], named: [], ...more });
const conclude = (of: SiteAnswer | null, is: DirectoryAnswer | null, over = false) =>
  concludeLookUp({ collectionType: 'device', over, site: of, directory: is });
const named = [{ object, name: 'PC7', enabled: true }];

describe('who knows a device', () => {
  it.each([
    {
      knownTo: 'neither',
      is: directory(),
      of: site(),
      says: /^The site has no device .* has no device .* either\. Check/,
    },
    {
      knownTo: 'directory',
      is: directory({ named }),
      of: site(),
      says: /has a device of this name\. Only what the site/,
    },
    {
      knownTo: 'site',
      is: directory({ resolved: [{ resource: 7, object: null, reason: 'NoIdentity' }] }),
      of: site(one),
      says: /not in this collection: .* No object of Microsoft Entra belongs to it\. \w+/,
    },
    {
      knownTo: 'site',
      is: directory({ resolved: [{ resource: 7, object: null, reason: 'NoIdentity' }], named }),
      of: site(one),
      says: /of this name, but nothing says that it is the same/,
    },
    {
      knownTo: 'both',
      is: directory({ resolved: [{ resource: 7, object, enabled: false }] }),
      of: site({ ...one, membership: 'rule', client: false }),
      says: /ResourceID 7, without a client.*query rule or an included collection.*which is disabled/,
    },
  ])('$knownTo', ({ knownTo, of, is, says }) => {
    expect(conclude(of, is)).toMatchObject({ state: 'answered', knownTo, conclusion: expect.stringMatching(says) });
  });

  it('is told by the record that is not obsolete, where there are several', () => {
    const { conclusion } = conclude(site({ ...one, obsolete: true }, { ...one, resource: 8 }), directory());
    expect(conclusion).toMatch(/^The site knows it \(ResourceID 8\).* It has 1 more of this name\./);
  });

  it('is not told while one of the two has not answered, or could not be asked', () => {
    const problem = 'It does not answer.';
    const answers = fc.constantFrom(null, site(), site(one), { ...site(), problem });
    const others = fc.constantFrom(null, directory(), directory({ named }), { ...directory(), problem });
    fc.assert(
      fc.property(answers, others, fc.boolean(), (of, is, over) => {
        const { state, knownTo, conclusion } = conclude(of, is, over);
        expect(state).toBe(of && is ? 'answered' : over ? 'unanswered' : 'asking');
        expect(knownTo === null).toBe(!of || !is || 'problem' in of || 'problem' in is);
        if (state === 'answered') expect(conclusion.includes(problem)).toBe(knownTo === null);
      }),
    );
  });

  it('says who did not answer', () => {
    expect(conclude(null, null, true).conclusion).toMatch(/^Capture did not answer/);
    expect(conclude(site(), null, true).conclusion).toMatch(/^The resolver did not answer/);
  });
});
