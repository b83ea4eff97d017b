import { describe, expect, it } from 'vitest';
import { identityEnvironment, ownTokens } from './own-tokens.js';

const ownOf = (given: Record<string, string>) => identityEnvironment.parse(given).own;
const TENANT = '9b2e0000-0000-4000-8000-000000000001';

describe('the identity for stores in Azure', () => {
  it('is nothing that a process needs before a store wants its tokens', () => {
    expect(() => ownTokens(ownOf({}))).not.toThrow();
    expect(() => ownTokens(ownOf({ AZURE_CLIENT_SECRET: 's3cret' }))).not.toThrow();
  });

  it('is asked for with all that is missing, when one does', () => {
    const tokens = (given: Record<string, string>) => () => ownTokens(ownOf(given)).of('store/.default');
    expect(tokens({})).toThrow(/no identity there: AZURE_TENANT_ID is missing/);
    const half = tokens({ AZURE_TENANT_ID: TENANT, AZURE_CLIENT_SECRET: 's3cret' });
    expect(half).toThrow(/AZURE_CLIENT_ID is missing/);
    expect(half).not.toThrow(/s3cret/);
    expect(tokens({ AZURE_TENANT_ID: TENANT })).not.toThrow();
  });
});
