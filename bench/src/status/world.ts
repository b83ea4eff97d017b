import { randomUUID } from 'node:crypto';
import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import {
  DEFAULT_BUDGET,
  DEFAULT_POLICY,
  DEFAULT_SCHEDULE,
  encodeEvent,
  targetOf,
  TOPICS,
  type EventInput,
  type MemberOutcome,
  type OutgoingRecord,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessBudget } from '@collection-sync/redis';
import { LocalTokenAuthenticator, DEFAULT_SETTINGS, status } from '@collection-sync/status';
import { freshDatabase } from '@collection-sync/testing';

const TENANT = '7e57ab1e-0000-4000-8000-000000000001';
const TOKEN = 'b'.repeat(43);
const PART = 1_000;

const padded = (n: number): string => n.toString(16).padStart(12, '0');
export const targetAt = (n: number): string => targetOf(TENANT, `00000000-0000-4000-8000-${padded(n)}`);
export const collectionAt = (n: number): string => `ABC${n.toString(16).toUpperCase().padStart(5, '0')}`;
const AT = '2026-01-01T00:00:00.000Z';

const outcomeAt = (resource: number, state: MemberOutcome['state']): MemberOutcome => ({
  resource,
  object: `0b1ec700-0000-4000-8000-${padded(resource)}`,
  name: `PC${String(resource).padStart(7, '0')}`,
  state: resource % 100 === 0 && state === 'applied' ? 'failed' : state,
  wanted: true,
  attempts: 1,
  ...(resource % 100 === 0 && state === 'applied' ? { code: 'ObjectNotFound' as const, requestId: randomUUID() } : {}),
  at: AT,
});

/** The members of a target as the writer tells all of them. */
export const snapshotOf = (
  n: number,
  resources: number,
  state: MemberOutcome['state'],
  after: number,
): OutgoingRecord[] => {
  const id = randomUUID();
  const parts = Math.ceil(resources / PART);
  return Array.from({ length: parts }, (_, part) => {
    const event: EventInput<typeof TOPICS.membershipResult> = {
      target: targetAt(n),
      collection: collectionAt(n),
      activated: 1,
      merged: 1,
      previous: after + part,
      sequence: after + part + 1,
      snapshot: { id, part, last: part === parts - 1 },
      members: Array.from({ length: Math.min(PART, resources - part * PART) }, (__, at) =>
        outcomeAt(part * PART + at + 1, state),
      ),
    };
    return encodeEvent(TOPICS.membershipResult, event, 'bench');
  });
};

/** Members from `resource` on as the writer tells of them when they have changed: the record after the one with the number `after`. */
export const changing = (n: number, after: number, resource: number, count: number): OutgoingRecord =>
  encodeEvent(
    TOPICS.membershipResult,
    {
      target: targetAt(n),
      collection: collectionAt(n),
      activated: 1,
      merged: 1,
      previous: after,
      sequence: after + 1,
      members: Array.from({ length: count }, (_, at) => ({
        ...outcomeAt(resource + at, 'applied'),
        at: new Date().toISOString(),
      })),
    },
    'bench',
  );

export const mappingAt = (n: number): OutgoingRecord =>
  encodeEvent(
    TOPICS.mapping,
    {
      target: targetAt(n),
      tenant: TENANT,
      group: targetAt(n).slice(37),
      groupName: `Group ${n}`,
      collection: collectionAt(n),
      collectionName: `Collection ${n}`,
      collectionType: 'device',
      state: 'active',
      policy: DEFAULT_POLICY,
      schedule: DEFAULT_SCHEDULE,
      version: 1,
      activated: 1,
      changedAt: AT,
    },
    'bench',
  );

export const collectionEventAt = (n: number): OutgoingRecord => {
  const now = new Date().toISOString();
  const event: EventInput<typeof TOPICS.collection> = {
    collection: collectionAt(n),
    site: 'ABC',
    name: `Collection ${n}`,
    type: 'device',
    count: 1,
    state: 'ok',
    version: 1,
    changedAt: AT,
    checkedAt: now,
    lastRead: null,
    lastComplete: null,
    sequence: 1,
  };
  return encodeEvent(TOPICS.collection, event, 'bench');
};

/** The status service on a database of its own, fed through the bus as the writer and capture feed it. */
export const open = async () => {
  const url = await freshDatabase();
  const database = new ServiceDatabase({ url, schema: 'status', application: 'bench', max: 4 });
  const log = silentLogger();
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log, services: ['status'] });
  const tenants = new GraphTenants([
    {
      tenant: TENANT,
      cloud: 'global',
      baseUrl: 'http://127.0.0.1:1',
      credential: { kind: 'static-token', token: 'x' },
    },
  ]);
  const budget = new InProcessBudget(() => DEFAULT_BUDGET);
  const graph = new MeteredGraph(tenants, budget);
  const auth = new LocalTokenAuthenticator(TOKEN);
  const settings = { ...DEFAULT_SETTINGS, reportAgainSeconds: 86_400 };
  const service = await status
    .with({
      database,
      bus,
      graph,
      auth,
      settings,
      http: { port: 0 },
    })
    .start(log, { metrics: new Metrics('status') });
  const get = async (path: string): Promise<{ items?: unknown[]; next?: string | null }> => {
    const answer = await fetch(`${service.url}/api/v1${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { items?: unknown[]; next?: string | null };
  };
  const close = async (): Promise<void> => {
    await service.close();
    await bus.close();
    await database.close();
  };
  return { url: service.url ?? '', token: TOKEN, database, bus, get, close };
};
export type Opened = Awaited<ReturnType<typeof open>>;

export const inBatches = async (bus: InProcessBus, records: readonly OutgoingRecord[]): Promise<void> => {
  for (let at = 0; at < records.length; at += 500) await bus.publisher.publish(records.slice(at, at + 500));
};
