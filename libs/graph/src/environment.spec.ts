import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tenantEnvironment } from './environment.js';
import { GraphTenants } from './graph-tenants.js';

const TENANT = '9b2e0000-0000-4000-8000-000000000001';
const CLIENT = '9b2e0000-0000-4000-8000-000000000002';
const folder = mkdtempSync(join(tmpdir(), 'tenants-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const problems = (environment: Record<string, string>): string[] => {
  const parsed = tenantEnvironment.safeParse(environment);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

describe('one tenant by variables', () => {
  const base = { AZURE_TENANT_ID: TENANT.toUpperCase(), AZURE_CLIENT_ID: CLIENT };
  it.each([
    [{ AZURE_CLIENT_SECRET: 's' }, { kind: 'secret', clientId: CLIENT, secret: 's' }],
    [
      { AZURE_CLIENT_SECRET: 'x', AZURE_CLIENT_SECRET_FILE: '/s' },
      { kind: 'secret', secretFile: '/s' },
    ],
    [{ AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' }, { kind: 'certificate', certificateFile: '/c.pem' }],
    [{ AZURE_FEDERATED_TOKEN_FILE: '/t' }, { kind: 'workload-identity', tokenFile: '/t' }],
    [{}, { kind: 'managed-identity', clientId: CLIENT }],
    [
      { GRAPH_BASE_URL: 'http://127.0.0.1:1/graph', GRAPH_STATIC_TOKEN: 't' },
      { kind: 'static-token', token: 't' },
    ],
  ])('%o', (variables, credential) => {
    const { tenants } = tenantEnvironment.parse({ ...base, ...variables });
    expect(tenants).toMatchObject([{ tenant: TENANT, cloud: 'global', credential }]);
  });

  it.each([
    ['yes', true],
    ['On', true],
    ['1', true],
    ['no', false],
    ['off', false],
    [undefined, false],
  ])('sends the chain: %s', (word, sendChain) => {
    const given = { ...base, AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem', AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: word };
    const { tenants } = tenantEnvironment.parse(given);
    expect(tenants).toMatchObject([{ credential: { sendChain } }]);
  });

  it('takes no other word for true or false', () => {
    expect(problems({ ...base, AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: 'ja' })).toEqual([
      'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: must be true or false',
    ]);
    expect(problems({ ...base, AZURE_DISABLE_INSTANCE_DISCOVERY: 'y' })).toEqual([
      'AZURE_DISABLE_INSTANCE_DISCOVERY: must be true or false',
    ]);
  });

  it('names what is wrong by variable and never shows a value', () => {
    const found = [
      ...problems({}),
      ...problems({ AZURE_TENANT_ID: 'hunter2', AZURE_CLOUD: 'hunter2' }),
      ...problems({ ...base, AZURE_CLIENT_SECRET: 'hunter2', AZURE_FEDERATED_TOKEN_FILE: '/t' }),
      ...problems({ AZURE_TENANT_ID: TENANT, AZURE_CLIENT_SECRET: 'hunter2' }),
      ...problems({ ...base, GRAPH_STATIC_TOKEN: 'hunter2' }),
      ...problems({ ...base, AZURE_CLIENT_SECRET: 's', GRAPH_BASE_URL: 'http://hunter2' }),
      ...problems({ ...base, AZURE_CLIENT_SECRET: 's', AZURE_AUTHORITY_HOST: 'http://hunter2' }),
      ...problems({ ...base, AZURE_CLIENT_SECRET: 's', GRAPH_BUDGET_RESERVE: 'hunter2' }),
    ];
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'AZURE_TENANT_ID',
      'AZURE_CLOUD',
      'AZURE_CLIENT_ID',
      'AZURE_CLIENT_ID',
      'GRAPH_BASE_URL',
      'GRAPH_BASE_URL',
      'AZURE_AUTHORITY_HOST',
      'GRAPH_BUDGET_RESERVE',
    ]);
    expect(found.join()).not.toContain('hunter2');
  });
});

describe('tenants by file', () => {
  it('reads several, with secrets from files of their own', () => {
    const secretFile = file('secret', 'hidden\n');
    const path = file('tenants.json', [
      { tenant: TENANT, cloud: 'gcc-high', credential: { kind: 'secret', clientId: CLIENT, secretFile } },
      { tenant: CLIENT, credential: { kind: 'managed-identity' }, budget: { writes: 1500 } },
    ]);
    expect(tenantEnvironment.parse({ TENANTS_FILE: path }).tenants).toMatchObject([
      { cloud: 'gcc-high', credential: { secretFile } },
      { cloud: 'global', budget: { writes: 1500 } },
    ]);
  });

  it('reads several applications of a tenant, with secrets from files of their own', () => {
    const password = file('password', 'hidden\n');
    const writers = [
      { kind: 'certificate', clientId: CLIENT, certificateFile: '/pem', passwordFile: password },
      { kind: 'managed-identity' },
    ];
    const path = file('writers.json', [{ tenant: TENANT, credential: { kind: 'managed-identity' }, writers }]);
    const { tenants } = tenantEnvironment.parse({ TENANTS_FILE: path });
    expect(tenants).toMatchObject([
      { writers: [{ clientId: CLIENT, password: 'hidden' }, { kind: 'managed-identity' }] },
    ]);
    expect(new GraphTenants(tenants).writers(TENANT).map(({ account }) => account)).toEqual([
      TENANT,
      `${TENANT}/application-2`,
    ]);
  });

  it('refuses more applications than a tenant has quota for, and one that is named twice', () => {
    const of = (n: number) => ({ kind: 'managed-identity', clientId: `${CLIENT.slice(0, -1)}${n}` });
    const wrong = (writers: object[]) =>
      problems({
        TENANTS_FILE: file('writers.json', [{ tenant: TENANT, credential: { kind: 'managed-identity' }, writers }]),
      }).join();
    expect(wrong([of(1), of(2), of(3)])).toBe('');
    expect(wrong([of(1), of(2), of(3), of(4)])).toMatch(/^TENANTS_FILE: 0\.writers: /);
    expect(wrong([of(1), of(2), of(1)])).toMatch(/^TENANTS_FILE: 0\.writers: names an application twice/);
  });

  it('tells what is wrong with it', () => {
    expect(problems({ TENANTS_FILE: '/none' })).toEqual(['TENANTS_FILE: names a file that cannot be read']);
    expect(problems({ TENANTS_FILE: file('x', '{') })).toEqual(['TENANTS_FILE: must name a file with JSON']);
    const entry = { tenant: TENANT, credential: { kind: 'managed-identity' } };
    expect(problems({ TENANTS_FILE: file('twice', [entry, entry]) })).toEqual(['TENANTS_FILE: names a tenant twice']);
    expect(problems({ TENANTS_FILE: file('odd', [{ tenant: TENANT, credential: { kind: 'password' } }]) })[0]).toMatch(
      /^TENANTS_FILE: 0\.credential/,
    );
  });
});

it('reports its problems together with those of the schema it is combined with', () => {
  const schema = z.object({ PORT: z.coerce.number() }).and(tenantEnvironment);
  const parsed = schema.safeParse({ PORT: 'x' });
  expect(parsed.error?.issues.map((issue) => issue.path[0]).sort()).toEqual(['AZURE_TENANT_ID', 'PORT']);
  const good = schema.parse({ PORT: '80', AZURE_TENANT_ID: TENANT });
  expect(good).toMatchObject({ PORT: 80, tenants: [{ tenant: TENANT }] });
});
