import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '@collection-sync/platform';
import { authEnvironment } from './auth.env.js';
import { isAtLeast, roleIn, type Grant, type GrantedRole } from './grants.js';

const TENANTS = ['11111111-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002'];
const role = fc.constantFrom<GrantedRole>('Reader', 'Operator', 'Admin');
const grant: fc.Arbitrary<Grant> = fc.record(
  {
    role,
    tenants: fc.subarray(TENANTS, { minLength: 1 }),
    collections: fc.uniqueArray(fc.constantFrom('ABC00001', 'ABC00002', 'ABC*', 'XYZ0*'), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['role'] },
);
const place = fc.record(
  { tenant: fc.constantFrom(...TENANTS), collection: fc.constantFrom('ABC00001', 'ABC00003', 'XYZ00001', 'SMS00001') },
  { requiredKeys: ['tenant'] },
);

describe('a role for a part', () => {
  it('is held there and nowhere else', () => {
    const held = {
      grants: [{ role: 'Operator' as const, tenants: TENANTS.slice(0, 1), collections: ['ABC0*', 'XYZ00001'] }],
    };
    const at = (tenant: string | undefined, collection?: string) => roleIn(held, { tenant: tenant ?? '', collection });
    expect(at(TENANTS[0], 'ABC00001')).toBe('Operator');
    expect(at(TENANTS[0], 'XYZ00001')).toBe('Operator');
    expect(at(TENANTS[0], 'XYZ00002')).toBeUndefined();
    expect(at(TENANTS[1], 'ABC00001')).toBeUndefined();
    expect(at(TENANTS[0])).toBeUndefined();
    expect(roleIn(held)).toBeUndefined();
  });

  it('never gives more for everything than for a part, nor more than any grant says', () => {
    fc.assert(
      fc.property(fc.array(grant, { minLength: 1, maxLength: 4 }), place, (grants, where) => {
        const held = roleIn({ grants }, where);
        for (const wider of [roleIn({ grants }), roleIn({ grants }, { tenant: where.tenant })])
          if (wider) expect(isAtLeast(held, wider)).toBe(true);
        if (held) expect(grants.map((one) => one.role)).toContain(held);
      }),
    );
  });
});

describe('ROLE_GRANTS', () => {
  const read = (ROLE_GRANTS: string) =>
    readEnvironment(authEnvironment, {
      API_AUTH: 'oidc',
      OIDC_ISSUER: 'https://login.example.com/',
      OIDC_AUDIENCE: 'api',
      ROLE_GRANTS,
    });

  it('is a list of roles for tenants and collections', () => {
    const grants = [{ claim: 'Berlin', role: 'Operator', collections: ['ABC0*'] }];
    expect(read(JSON.stringify(grants)).ROLE_GRANTS).toEqual(grants);
  });

  it('names what is wrong with it at the start', () => {
    expect(() => read('{')).toThrow('ROLE_GRANTS: must be JSON');
    expect(() => read('[{"claim":"x","role":"Operator"}]')).toThrow('0: names neither tenants nor collections');
    expect(() => read('[{"claim":"x","role":"Owner","tenants":["x"]}]')).toThrow(/0\.role.*\n?.*0\.tenants\.0/s);
  });
});
