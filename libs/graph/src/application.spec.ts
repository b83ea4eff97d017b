import { describe, expect, it } from 'vitest';
import { applicationOf } from './application.js';

const token = (claims: unknown): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('what a token says of the application', () => {
  it('is its permissions and its object', () => {
    expect(applicationOf(token({ roles: ['GroupMember.ReadWrite.All'], oid: 'AB' }))).toEqual({
      roles: ['GroupMember.ReadWrite.All'],
      object: 'ab',
    });
    expect(applicationOf(token({ aud: 'x' }))).toEqual({ roles: [] });
  });

  it.each(['opaque', 'a.b.c', token('text')])('is nothing when it cannot be read: %s', (text) => {
    expect(applicationOf(text)).toBeUndefined();
  });
});
