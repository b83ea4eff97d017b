import { readVariable, withEnvironment } from '@collection-sync/testing';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { NEEDS } from '@collection-sync/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './manifests.js';

interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly spa?: { redirectUris: string[] };
  readonly requiredResourceAccess?: { resourceAccess: { id: string }[] }[];
}
interface Directory {
  applications: Record<string, Application>;
  servicePrincipals: Record<string, { appId: string; assigned?: string[] }>;
}

const GRAPH = '00000003-0000-0000-c000-000000000000';
const everyPermission = [...new Set(NEEDS.flatMap(({ any }) => any))];
const folder = mkdtempSync(join(tmpdir(), 'entra-'));
const file = join(folder, 'directory.json');
const read = (): Directory => JSON.parse(readFileSync(file, 'utf8')) as Directory;
const register = (...args: string[]): string =>
  execFileSync('bash', [join(ROOT, 'deploy/entra/register.sh'), ...args], {
    encoding: 'utf8',
    env: withEnvironment({ PATH: `${folder}${delimiter}${readVariable('PATH') ?? ''}`, AZ_DIRECTORY: file }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Names of the permissions that a service's application asks for, and of those that an administrator has consented to. */
const permissionsOf = (service: string) => {
  const { applications, servicePrincipals } = read();
  const application = Object.values(applications).find(
    ({ displayName }) => displayName === `collection-sync-${service}`,
  );
  const principal = Object.values(servicePrincipals).find(({ appId }) => appId === application?.appId);
  const name = (id: string): string => id.replace('role-of-', '');
  return {
    asked: application?.requiredResourceAccess?.[0]?.resourceAccess.map(({ id }) => name(id)).toSorted(),
    granted: principal?.assigned?.map(name).toSorted(),
  };
};

beforeAll(() => {
  copyFileSync(join(ROOT, 'e2e/src/deploy/az.mjs'), join(folder, 'az'));
  chmodSync(join(folder, 'az'), 0o755);
  const appRoles = everyPermission.map((value) => ({ id: `role-of-${value}`, value }));
  writeFileSync(
    file,
    JSON.stringify({
      tenant: '7e57ab1e-0000-4000-8000-000000000001',
      applications: {},
      servicePrincipals: { graph: { id: 'graph', appId: GRAPH, appRoles } },
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the registration in Entra ID', () => {
  it('gives each service what its requests need, and nothing else', () => {
    const printed = register('https://sync.contoso.com/');
    for (const service of ['resolver', 'writer', 'status']) {
      const needed = [...new Set(NEEDS.filter((need) => need.service === service).map(({ any }) => any[0]))].toSorted();
      expect(permissionsOf(service)).toEqual({ asked: needed, granted: needed });
    }
    const operators = Object.values(read().applications).find(({ displayName }) => displayName === 'Collection Sync');
    expect(operators).toMatchObject({
      spa: { redirectUris: ['https://sync.contoso.com/signed-in', 'https://sync.contoso.com'] },
      api: { requestedAccessTokenVersion: 2 },
      isFallbackPublicClient: true,
      appRoles: ['Reader', 'Operator', 'Admin'].map((value) => expect.objectContaining({ value }) as object),
    });
    expect(printed).toContain(`OIDC_AUDIENCE=${operators?.appId ?? ''}\n`);
    expect(printed).toContain(
      'OIDC_ISSUER=https://login.microsoftonline.com/7e57ab1e-0000-4000-8000-000000000001/v2.0\n',
    );
  });

  it('changes nothing when it runs again', () => {
    const before = read();
    register('https://sync.contoso.com');
    expect(read()).toEqual(before);
  });

  it('refuses an address that tokens would travel to in the clear', () => {
    expect(() => register('http://sync.contoso.com')).toThrow(/begins with https/);
  });
});
