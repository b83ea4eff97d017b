import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removalPath } from './removal-path.js';

const guid = fc.uuid();

describe('removalPath', () => {
  it('always ends in /$ref and names both GUIDs', () => {
    fc.assert(
      fc.property(guid, guid, (group, object) => {
        expect(removalPath(group, object)).toBe(`/groups/${group}/members/${object}/$ref`);
      }),
    );
  });

  it('lets nothing in but two GUIDs', () => {
    const odd = fc.oneof(
      fc.string(),
      guid.map((id) => `${id}/`),
      guid.map((id) => `${id}/$ref?`),
      guid.map((id) => `${id}\n`),
      guid.map((id) => `{${id}}`),
      guid.map((id) => id.toUpperCase()).filter((id) => /[A-F]/.test(id)),
      fc.constantFrom('', '.', '..', 'me', '%24ref', '$ref'),
    );
    fc.assert(
      fc.property(odd, guid, (strange, id) => {
        expect(() => removalPath(strange, id)).toThrow('two GUIDs');
        expect(() => removalPath(id, strange)).toThrow('two GUIDs');
      }),
    );
  });
});
