import { readEnvironment } from '@collection-sync/platform';
import { describe, expect, it } from 'vitest';
import { status } from '../service.js';
import { isMappableRule } from './mappable.js';

const ID = '0b1ec700-0000-4000-8000-000000000001';

describe('a rule of MAPPABLE_GROUPS', () => {
  it.each([ID, 'Intune-*', '*', `unit:${ID}`, `Owner:${ID.toUpperCase()}`])('may be %s', (rule) =>
    expect(isMappableRule(rule)).toBe(true),
  );

  it.each(['Intune', 'unit:', 'unit:Berlin', 'owner:*', ''])('may not be "%s", which would name no group', (rule) =>
    expect(isMappableRule(rule)).toBe(false),
  );

  it('is named at the start when it is none', () => {
    expect(() => readEnvironment(status.environment, { MAPPABLE_GROUPS: 'Intune-*, Berlin' })).toThrow(
      /MAPPABLE_GROUPS: must name ids, beginnings of names with \*, unit:<id>, owner:<id>/,
    );
  });
});
