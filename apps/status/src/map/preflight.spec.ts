import { expect, it } from 'vitest';
import { Budget, REASONS } from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { onlyReads, writerWarnings } from './preflight.js';

it.each([
  [['GroupMember.Read.All'], true],
  [['Group.Read.All', 'User.ReadBasic.All'], true],
  [['GroupMember.Read.All', 'GroupMember.ReadWrite.All'], false],
  [['Device.ReadWrite.All'], false],
  // nothing was granted: that is worth a warning
  [[], false],
])('an application with %j only reads: %s', (roles, reads) => {
  expect(onlyReads({ roles })).toBe(reads);
});

it('looks at the permissions of each application that writes, and names it', async () => {
  const tenant = '9b2e0000-0000-4000-8000-000000000001';
  const tokenOf = (roles: string[]) => `x.${Buffer.from(JSON.stringify({ roles })).toString('base64url')}.x`;
  const all = ['GroupMember.ReadWrite.All', 'GroupMember.Read.All', 'Directory.Read.All'];
  const writers = [all, ['User.ReadWrite.All'], all.slice(0, 2)].map(
    (roles) => ({ kind: 'static-token', token: tokenOf(roles) }) as const,
  );
  const [credential] = writers;
  const tenants = new GraphTenants([{ tenant, baseUrl: 'http://127.0.0.1:1', credential: credential!, writers }]);
  // nothing is asked of Graph
  const graph = new MeteredGraph(tenants, {} as Budget);
  const group = {
    id: tenant,
    displayName: 'Group',
    description: null,
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
    isAssignableToRole: null,
    onPremisesSyncEnabled: null,
    membershipRule: null,
  };
  const warnings = await writerWarnings(graph.writers(tenant), group, 'user');
  expect(warnings.map(({ message }) => message)).toEqual([
    `Application application-2: ${REASONS.PermissionMissing.advice}`,
    expect.stringMatching(/^Application application-2: Without GroupMember\.Read\.All, a group/),
    expect.stringMatching(/^Application application-2: Without Directory\.Read\.All/),
    expect.stringMatching(/^Application application-2: Without GroupMember\.Read\.All, each full run/),
    expect.stringMatching(/^Application application-3: Without Directory\.Read\.All/),
  ]);
});
