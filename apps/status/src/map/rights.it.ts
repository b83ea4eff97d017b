import { TOPICS } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIENCE, startOpenIdProvider, type OpenIdProvider } from '../../test/openid-provider.js';
import { allContracts } from '../routes.js';
import { collectionEvent, outcome, makeGroups, startFixture, TENANT, type Fixture } from '../../test/status-fixture.js';

let provider: OpenIdProvider;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
const tokens: Record<string, string> = {};
let groups: Record<string, string>;

beforeAll(async () => {
  [provider, simulator] = await Promise.all([startOpenIdProvider(), startSimulator({ world: 'ten-step' })]);
  groups = await makeGroups(simulator, {
    'Intune - Berlin': {},
    'Intune - Admins': { isAssignableToRole: true },
    'Intune - Munich': {},
    Payroll: {},
  });
  status = await startFixture({
    auth: {
      mode: 'oidc',
      issuer: provider.issuer,
      audience: AUDIENCE,
      grants: [{ claim: 'Berlin', role: 'Operator', collections: ['ABC0002*'] }],
    },
    graphUrl: simulator.graphUrl,
    settings: { mappableGroups: ['intune - *'], approvalByAnother: true },
  });
  await status.publish(TOPICS.collection, collectionEvent('ABC00014'), collectionEvent('ABC00021'));
  for (const role of ['reader', 'operator', 'admin', 'part']) tokens[role] = await provider.token(role);
}, 120_000);
afterAll(async () => {
  await status.close();
  await simulator.close();
  await provider.close();
});

const ask = (role: string, method: string, path: string, body?: unknown) =>
  status.request<{ detail: string }>(method, path, body, { authorization: `Bearer ${tokens[role] ?? ''}` });
const map = (role: string, group: string, more: object = {}) =>
  ask(role, 'POST', '/mappings', { tenantId: TENANT, groupId: groups[group], collectionId: 'ABC00014', ...more });

const heldPlan = async (target: string): Promise<string> => {
  const mapping = (await ask('admin', 'GET', `/mappings/${target}`)).body as unknown as { activated: number };
  const plan = crypto.randomUUID();
  await status.publish(TOPICS.run, {
    event: 'held',
    producer: 'writer',
    target,
    collection: 'ABC00014',
    activated: mapping.activated,
    at: new Date().toISOString(),
    sequence: 1,
    plan,
    removals: 40,
    guard: { held: true, counted: 40, size: 50, margin: 12, limit: 'maxShare' },
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  return plan;
};

describe('an operator', () => {
  it('may not map a group outside of those that the installation names, whatever the check is told', async () => {
    for (const more of [{}, { preflight: 'skip', groupName: 'Intune - Payroll' }])
      expect(await map('operator', 'Payroll', more)).toMatchObject({
        status: 403,
        body: { detail: 'The group Payroll is not among those that this installation may synchronise.' },
      });
  });

  it('may not look into such a group by a preview either', async () => {
    const path = `/targets/${TENANT}/${groups['Payroll'] ?? ''}/preview`;
    expect((await ask('operator', 'POST', path, { collectionId: 'ABC00014' })).status).toBe(403);
  });

  it('may not map a group whose membership can give roles, nor change the guard', async () => {
    expect((await map('operator', 'Intune - Admins', { preflight: 'skip' })).status).toBe(403);
    expect((await map('operator', 'Intune - Berlin', { policy: { guard: { maxShare: 1 } } })).status).toBe(403);
    expect((await map('operator', 'Intune - Berlin')).status).toBe(201);
    const path = `/mappings/${TENANT}/${groups['Intune - Berlin'] ?? ''}`;
    expect((await ask('operator', 'PATCH', path, { policy: { guard: { maxRemovals: 1_000_000 } } })).status).toBe(403);
    expect((await ask('operator', 'PATCH', path, { policy: { withoutRecord: 'exclude' } })).status).toBe(200);
    expect((await ask('admin', 'PATCH', path, { policy: { guard: { maxRemovals: 1_000 } } })).status).toBe(200);
  });
});

it('an Admin may map a group whose membership can give roles', async () => {
  expect((await map('admin', 'Intune - Admins')).status).toBe(201);
});

it('who changed the mapping does not approve its removals; somebody else does', async () => {
  const target = `${TENANT}/${groups['Intune - Admins'] ?? ''}`;
  const plan = await heldPlan(target);
  expect(await ask('admin', 'POST', `/plans/${plan}/approve`)).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('somebody else has to approve') as string },
  });
  expect((await ask('operator', 'POST', `/plans/${plan}/approve`)).status).toBe(202);
});

describe('a role for a part of the collections', () => {
  const body = (group: string, collectionId: string) => ({
    tenantId: TENANT,
    groupId: groups[group] ?? '',
    collectionId,
  });

  it('maps and changes what belongs to it', async () => {
    expect((await ask('part', 'POST', '/mappings', body('Intune - Munich', 'ABC00021'))).status).toBe(201);
    const target = `${TENANT}/${groups['Intune - Munich'] ?? ''}`;
    expect((await ask('part', 'POST', `/mappings/${target}/pause`)).status).toBe(200);
    expect((await ask('part', 'POST', `/mappings/${target}/resume`)).status).toBe(200);
    expect((await ask('part', 'POST', `/targets/${target}/sync`, { kind: 'full' })).status).toBe(202);
    expect((await ask('part', 'POST', `/targets/${target}/preview`, {})).status).toBe(202);
    expect((await ask('part', 'GET', '/mappings')).status).toBe(200);
    expect(await ask('part', 'PATCH', `/mappings/${target}`, { collectionId: 'ABC00014' })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining(`for collection ABC00014 in tenant ${TENANT}`) as string },
    });
  });

  it('is refused everywhere else, on every route that a part may be enough for', async () => {
    const target = `${TENANT}/${groups['Intune - Berlin'] ?? ''}`;
    const foreign = body('Intune - Berlin', 'ABC00014');
    const plan = await heldPlan(target);
    const preview = (await ask('operator', 'POST', `/targets/${target}/preview`, {})).body as unknown as { id: string };
    await status.publish(TOPICS.membershipResult, {
      target,
      collection: 'ABC00014',
      activated: 0,
      merged: 0,
      sequence: 1,
      previous: 0,
      preview: {
        command: preview.id,
        add: 1,
        remove: 0,
        keep: 0,
        unresolved: 0,
        wouldHold: false,
        part: 0,
        last: true,
      },
      members: [outcome(1, { state: 'pending' })],
    });
    const requests: Record<string, [path: string, body?: object]> = {
      createMapping: ['/mappings', foreign],
      createMappings: ['/mappings/batch', { mappings: [foreign] }],
      takeOverRelations: ['/migration/take-over', { relations: [foreign], paused: true }],
      changeMapping: [`/mappings/${target}`, { groupName: 'Mine' }],
      deleteMapping: [`/mappings/${target}?members=remove`],
      pauseMapping: [`/mappings/${target}/pause`],
      resumeMapping: [`/mappings/${target}/resume`],
      syncTarget: [`/targets/${target}/sync`, {}],
      previewTarget: [`/targets/${target}/preview`, { collectionId: 'ABC00021' }],
      cancelRun: [`/targets/${target}/cancel`],
      retryMembers: [`/targets/${target}/retry`],
      resendContent: [`/targets/${target}/resend`],
      reportTarget: [`/targets/${target}/report`],
      approvePlan: [`/plans/${plan}/approve`],
      rejectPlan: [`/plans/${plan}/reject`],
      approvePart: [`/plans/${plan}/approve-part`, { objectIds: [groups['Payroll'] ?? ''] }],
      keepPlan: [`/plans/${plan}/keep`],
      switchTenant: [`/tenants/${TENANT}/switch`, { enabled: false }],
      getPreview: [`/previews/${preview.id}`],
      listPreviewMembers: [`/previews/${preview.id}/members`],
    };
    const before = (await ask('operator', 'GET', `/mappings/${target}`)).body;
    for (const { id, method } of allContracts().filter(({ ofPart }) => ofPart)) {
      const [path, given] = requests[id] ?? ['/not-tried'];
      const answer = await ask('part', method, path, given);
      const each = (answer.body as unknown as { results?: { status: number }[] }).results;
      expect([id, each ? each.map(({ status: one }) => one) : answer.status]).toEqual([id, each ? [403] : 403]);
    }
    expect((await ask('operator', 'GET', `/mappings/${target}`)).body).toEqual(before);
  });
});
