import { TOPICS } from '@collection-sync/core';
import { startSimulator } from '@collection-sync/simulator';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIENCE, startOpenIdProvider, type OpenIdProvider } from '../../test/openid-provider.js';
import type { Contract } from '../http/contract.js';
import { allContracts } from '../routes.js';
import {
  collectionEvent,
  groupId,
  outcome,
  makeGroups,
  startFixture,
  TENANT,
  type Fixture,
} from '../../test/status-fixture.js';
import { OidcAuthenticator } from '../auth/oidc.js';

const UNIT = '0000a0a0-0000-4000-8000-000000000001';
let owner: string;
let provider: OpenIdProvider;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let status: Fixture;
const tokens: Record<string, string> = {};
let groups: Record<string, string>;

beforeAll(async () => {
  [provider, simulator] = await Promise.all([startOpenIdProvider(), startSimulator({ world: 'ten-step' })]);
  owner = await makeWriter();
  groups = await makeGroups(simulator, {
    'Intune - Berlin': {},
    'Intune - Admins': { isAssignableToRole: true },
    'Intune - Munich': {},
    Payroll: {},
    'Lisbon devices': { administrativeUnits: [UNIT] },
    'Writer’s own': { owners: [owner] },
  });
  status = await startFixture({
    auth: new OidcAuthenticator({
      issuer: provider.issuer,
      audience: AUDIENCE,
      grants: [
        { claim: 'Berlin', role: 'Operator', collections: ['ABC0002*'] },
        { claim: 'Berlin readers', role: 'Reader', collections: ['ABC0002*'] },
        { claim: 'Elsewhere readers', role: 'Reader', tenants: [groupId(99)] },
      ],
    }),
    graphUrl: simulator.graphUrl,
    settings: {
      mappableGroups: ['intune - *', `unit:${UNIT}`, `Owner:${owner.toUpperCase()}`],
      approvalByAnother: true,
      tickMs: 50,
    },
  });
  await status.publish(TOPICS.collection, collectionEvent('ABC00014'), collectionEvent('ABC00021'));
  for (const role of ['reader', 'operator', 'admin', 'part', 'partreader', 'elsewhere'])
    tokens[role] = await provider.token(role);
}, 120_000);
afterAll(async () => {
  await status.close();
  await simulator.close();
  await provider.close();
});

/** The service principal of an application, of which a group may be. */
const makeWriter = async (): Promise<string> => {
  const answer = await fetch(`${simulator.controlUrl}/oauth/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: crypto.randomUUID(), secrets: [{ value: 'secret' }] }),
  });
  return ((await answer.json()) as { objectId: string }).objectId;
};

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
    sequence: Date.now(),
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

  it('sees before he asks which groups he may not map, and why', async () => {
    const verdict = async (role: string, group: string): Promise<unknown> =>
      (await ask(role, 'GET', `/tenants/${TENANT}/groups/${groups[group] ?? ''}/preflight`)).body;
    expect(await verdict('operator', 'Payroll')).toMatchObject({
      writable: false,
      problems: [{ code: 'NotAllowed', message: expect.stringContaining('MAPPABLE_GROUPS') }],
    });
    expect(await verdict('operator', 'Intune - Admins')).toMatchObject({
      writable: false,
      problems: [{ code: 'NotAllowed', message: expect.stringContaining('Ask an Admin') }],
    });
    for (const group of ['Intune - Berlin', 'Intune - Admins'])
      expect(await verdict('admin', group)).toMatchObject({ writable: true });
  });

  it('may not look into such a group by a preview either', async () => {
    const path = `/targets/${TENANT}/${groups['Payroll'] ?? ''}/preview`;
    expect((await ask('operator', 'POST', path, { collectionId: 'ABC00014' })).status).toBe(403);
  });

  it('may map a group of an administrative unit, and one of an owner, that the installation names', async () => {
    for (const name of ['Lisbon devices', 'Writer’s own']) expect((await map('operator', name)).status).toBe(201);
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

/** Routes that a role for a part may be enough for, and that are no mere look. */
const changes = ({ ofPart, method }: Contract): boolean => ofPart === true && method !== 'GET';

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
      compareTarget: [`/targets/${target}/compare`],
      cancelRun: [`/targets/${target}/cancel`],
      retryMembers: [`/targets/${target}/retry`],
      resendContent: [`/targets/${target}/resend`],
      reportTarget: [`/targets/${target}/report`],
      approvePlan: [`/plans/${plan}/approve`],
      rejectPlan: [`/plans/${plan}/reject`],
      approvePart: [`/plans/${plan}/approve-part`, { objectIds: [groups['Payroll'] ?? ''] }],
      keepPlan: [`/plans/${plan}/keep`],
      askLookUp: [`/targets/${target}/look-ups`, { name: 'PC' }],
      switchTenant: [`/tenants/${TENANT}/switch`, { enabled: false }],
    };
    const before = (await ask('operator', 'GET', `/mappings/${target}`)).body;
    for (const { id, method } of allContracts().filter(changes)) {
      const [path, given] = requests[id] ?? ['/not-tried'];
      const answer = await ask('part', method, path, given);
      const each = (answer.body as unknown as { results?: { status: number }[] }).results;
      expect([id, each ? each.map(({ status: one }) => one) : answer.status]).toEqual([id, each ? [403] : 403]);
    }
    expect((await ask('operator', 'GET', `/mappings/${target}`)).body).toEqual(before);
  });
});

describe('a role to read a part', () => {
  let paths: Record<string, string>;
  let target: string;
  /** what tells of the mapping of ABC00014 */
  let traces: string[];

  beforeAll(async () => {
    const group = groups['Intune - Berlin'] ?? '';
    target = `${TENANT}/${group}`;
    traces = ['ABC00014', target];
    await ask('admin', 'POST', '/mappings', {
      tenantId: TENANT,
      groupId: groups['Intune - Berlin'],
      collectionId: 'ABC00014',
    });
    await ask('part', 'POST', '/mappings', {
      tenantId: TENANT,
      groupId: groups['Intune - Munich'],
      collectionId: 'ABC00021',
    });
    await status.publish(
      TOPICS.collection,
      collectionEvent('ABC00014', {
        sequence: Date.now() + 1,
        productRelations: [{ group, groupName: 'Old', tenant: TENANT }],
      }),
    );
    const plan = await heldPlan(target);
    const run = crypto.randomUUID();
    const { activated } = (await ask('admin', 'GET', `/mappings/${target}`)).body as unknown as { activated: number };
    const result = { target, collection: 'ABC00014', activated, merged: 10 };
    const at = new Date().toISOString();
    await status.publish(TOPICS.run, {
      event: 'started',
      producer: 'writer',
      run,
      kind: 'full',
      trigger: 'merge',
      epoch: 1,
      target,
      collection: 'ABC00014',
      activated,
      at,
      sequence: Date.now() + 1,
    });
    await status.publish(TOPICS.membershipResult, {
      ...result,
      sequence: 1,
      previous: 0,
      snapshot: { id: crypto.randomUUID(), part: 0, last: true },
      members: [outcome(7)],
    });
    const preview = (await ask('operator', 'POST', `/targets/${target}/preview`, {})).body as unknown as { id: string };
    const figures = { add: 1, remove: 0, keep: 0, unresolved: 0, wouldHold: false, part: 0, last: true };
    await status.publish(TOPICS.membershipResult, {
      ...result,
      sequence: 1,
      previous: 0,
      preview: { command: preview.id, ...figures },
      members: [outcome(1, { state: 'pending' })],
    });
    await status.publish(TOPICS.deadLetter, {
      topic: TOPICS.run,
      partition: 0,
      offset: '1',
      key: target,
      consumer: 'status',
      code: 'UNREADABLE_EVENT',
      why: 'not JSON',
      at,
      headers: {},
      body: '',
      cut: false,
    });
    const lookUp = (await ask('admin', 'POST', `/targets/${target}/look-ups`, { name: 'PC' })).body as unknown as {
      id: string;
    };
    const audit = (await ask('admin', 'GET', `/audit?subject=${encodeURIComponent(target)}`)).body;
    const [line] = (audit as unknown as { items: { id: number }[] }).items;
    paths = {
      getMe: '/me',
      listCollections: '/collections',
      getCollection: '/collections/ABC00014',
      getTarget: `/targets/${target}`,
      getSummary: '/summary',
      listMembers: `/targets/${target}/members`,
      searchResources: '/resources?search=PC',
      listMappings: '/mappings',
      getMapping: `/mappings/${target}`,
      listCommands: `/targets/${target}/commands`,
      getCommand: `/commands/${preview.id}`,
      listPlans: '/plans',
      getPlan: `/plans/${plan}`,
      listRuns: '/runs',
      getRun: `/runs/${run}`,
      listRunMembers: `/runs/${run}/members`,
      exportRunMembers: `/export/runs/${run}/members`,
      getPreview: `/previews/${preview.id}`,
      listPreviewMembers: `/previews/${preview.id}/members`,
      listTenants: '/tenants',
      searchGroups: `/tenants/${TENANT}/groups?startsWith=Intune`,
      preflightGroup: `/tenants/${TENANT}/groups/${group}/preflight`,
      listUpstreams: '/upstreams',
      listRelations: '/migration/relations',
      getLookUp: `/look-ups/${lookUp.id}`,
      whyMember: `/targets/${target}/why?resource=7`,
      exportCollections: '/export/collections?format=json',
      exportMembers: `/export/members/${target}?format=json`,
      listAlerts: '/alerts',
      listAudit: '/audit',
      listAuditPeople: '/audit/people',
      getAuditEntry: `/audit/${line?.id ?? 0}`,
      exportAudit: '/export/audit?format=json',
      listDeadLetters: '/dead-letters',
    };
  });

  const textOf = async (role: string, path: string): Promise<{ status: number; text: string }> => {
    const headers = { authorization: `Bearer ${tokens[role] ?? ''}` };
    const answer = await fetch(`${status.base}/api/v1${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const mentioned = (text: string): string[] => traces.filter((trace) => text.includes(trace));

  it.each(['partreader', 'elsewhere'])('shows %s nothing else, on every route', async (role) => {
    const withoutTraces = new Set([
      'getMe',
      'getSummary',
      'listTenants',
      'listUpstreams',
      'listAlerts',
      'listAuditPeople',
    ]);
    const byId = new Set(['getPreview', 'listPreviewMembers']);
    const hidden = role === 'partreader' ? traces : [target];
    for (const { id } of allContracts().filter(
      ({ ofPart, method, produces }) => ofPart && method === 'GET' && !produces?.['text/event-stream'],
    )) {
      const path = paths[id] ?? '/not-tried';
      const whole = await textOf('admin', path);
      expect([
        id,
        whole.status,
        withoutTraces.has(id) || path.includes('/members') || mentioned(whole.text).length > 0,
      ]).toEqual([id, 200, true]);
      const part = await textOf(role, path);
      if (part.status === 200) expect([id, hidden.filter((trace) => part.text.includes(trace))]).toEqual([id, []]);
      else expect([id, part.status]).toEqual([id, byId.has(id) ? 403 : 404]);
    }
  });

  it('is enough for every route that shows something', () => {
    expect(allContracts().filter(({ role, ofPart }) => role === 'Reader' && !ofPart)).toEqual([]);
  });

  it('shows what it reaches, and counts that alone', async () => {
    const munich = `${TENANT}/${groups['Intune - Munich'] ?? ''}`;
    expect((await textOf('partreader', `/targets/${munich}`)).status).toBe(200);
    const counts = async (role: string) => {
      const summary = (await ask(role, 'GET', '/summary')).body as unknown as Record<string, number>;
      const { items } = (await ask(role, 'GET', '/tenants')).body as unknown as { items: { mappings: number }[] };
      const rows = (await ask(role, 'GET', '/collections')).body as unknown as { items: { collectionId: string }[] };
      return [
        summary['collections'],
        summary['targets'],
        summary['openPlans'],
        summary['deadLetters'],
        items.map(({ mappings }) => mappings),
        rows.items.map(({ collectionId }) => collectionId),
      ];
    };
    expect(await counts('partreader')).toEqual([1, 1, 0, 0, [1], ['ABC00021']]);
    expect(await counts('elsewhere')).toEqual([2, 0, 0, 0, [], []]);
  });

  it('changes nothing', async () => {
    const munich = `/mappings/${TENANT}/${groups['Intune - Munich'] ?? ''}`;
    expect((await ask('partreader', 'POST', `${munich}/pause`)).status).toBe(403);
    expect((await ask('partreader', 'GET', '/audit/verification')).status).toBe(403);
  });

  it('hears of nothing else', async () => {
    const heard = await streamOf('partreader');
    const whole = await streamOf('admin');
    for (const role of ['Intune - Berlin', 'Intune - Munich'])
      await ask('admin', 'POST', `/targets/${TENANT}/${groups[role] ?? ''}/sync`, { kind: 'full' });
    await ask('admin', 'PATCH', `/mappings/${target}`, { groupName: 'Renamed' });
    const munich = `${TENANT}/${groups['Intune - Munich'] ?? ''}`;
    await ask('admin', 'PATCH', `/mappings/${munich}`, { groupName: 'Renamed too' });
    await eventually(() => whole().some(({ key }) => key === munich));
    await eventually(() => heard().some(({ kind, key }) => kind === 'mapping' && key === munich));
    const commands = (changes: readonly { kind: string }[]) => changes.filter(({ kind }) => kind === 'command').length;
    expect([commands(whole()), commands(heard())]).toEqual([2, 1]);
    expect(whole().some(({ key }) => key === target)).toBe(true);
    expect(heard().filter(({ key }) => traces.includes(key))).toEqual([]);
  });

  /** What a live stream has told so far. */
  const streamOf = async (role: string): Promise<() => { kind: string; key: string }[]> => {
    const answer = await fetch(`${status.base}/api/v1/events`, {
      headers: { authorization: `Bearer ${tokens[role] ?? ''}` },
    });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const read = async (): Promise<void> => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
    };
    void read().catch(() => undefined);
    await eventually(() => text.includes('event: hello'));
    return () => [...text.matchAll(/^data: (\{"kind".*\})$/gm)].map(([, json = '']) => JSON.parse(json) as never);
  };
});
