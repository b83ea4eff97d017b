import { type Bus, InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import {
  DEFAULT_BUDGET,
  encodeEvent,
  outcomeKind,
  STATE_MACHINES,
  targetOf,
  TOPICS,
  type EventInput,
  type EventOf,
  type OutcomeKind,
  type RunCounts,
  type TopicName,
} from '@collection-sync/core';
import { GraphTenants, MeteredGraph } from '@collection-sync/graph';
import { createLogger, Metrics, silentLogger } from '@collection-sync/platform';
import { ServiceDatabase } from '@collection-sync/postgres';
import { InProcessBudget } from '@collection-sync/redis';
import { freshDatabase, readEvent, readVariable, refuseOtherChanges, type PlanReader } from '@collection-sync/testing';
import type { Authenticator } from '../src/auth/authenticator.js';
import { LocalTokenAuthenticator } from '../src/auth/local-token.js';
import { status } from '../src/service.js';
import { DEFAULT_SETTINGS, type StatusSettings } from '../src/settings.js';

export const TENANT = '7e57ab1e-0000-4000-8000-000000000001';
export const TOKEN = 'a-local-token-for-tests-of-forty-characters';
export const groupId = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const targetId = (n: number): string => targetOf(TENANT, groupId(n));
export const objectId = (n: number): string => `0b1ec700-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface FixtureOptions {
  readonly auth?: Authenticator;
  readonly graphUrl?: string;
  readonly settings?: Partial<StatusSettings>;
  readonly databaseUrl?: string;
  readonly store?: MemoryCompactedStore;
  readonly bus?: Bus;
  /** is told the plans of all statements */
  readonly plans?: PlanReader;
}

/** A status service on a real database and the in-process bus, with what the other services would say spoken by the test. */
export const startFixture = async (options: FixtureOptions = {}) => {
  const url = options.databaseUrl ?? (await freshDatabase());
  const opened = new ServiceDatabase({ url, schema: 'status', application: 'status-test', max: 8 });
  const database = options.plans?.reading(opened) ?? opened;
  const log = readVariable('STATUS_TEST_LOG') ? createLogger('status') : silentLogger();
  const bus =
    options.bus ?? new InProcessBus({ store: options.store ?? new MemoryCompactedStore(), log, services: ['status'] });
  const budget = new InProcessBudget(() => DEFAULT_BUDGET);
  const tenants = new GraphTenants([
    {
      tenant: TENANT,
      cloud: 'global',
      baseUrl: options.graphUrl ?? 'http://127.0.0.1:1/graph',
      credential: { kind: 'static-token', token: 'token' },
    },
  ]);
  const parts = {
    database,
    bus,
    graph: new MeteredGraph(tenants, budget),
    auth: options.auth ?? new LocalTokenAuthenticator(TOKEN),
    http: { port: 0 },
    settings: { ...DEFAULT_SETTINGS, reportAgainSeconds: 3_600, reportLateSeconds: 3_600, ...options.settings },
  };
  const service = await status.with(parts).start(log, { metrics: new Metrics('status') });
  await refuseOtherChanges(database, {
    mapping: { machine: STATE_MACHINES.mapping },
    plan: { machine: STATE_MACHINES.plan },
    run: { machine: STATE_MACHINES.shown_run },
  });
  const base = service.url ?? '';
  const request = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : undefined) as T };
  };
  const publishWithin = <T extends TopicName>(
    trace: string | undefined,
    topic: T,
    ...events: EventInput<T>[]
  ): Promise<void> => bus.publisher.publish(events.map((event) => encodeEvent(topic, event, 'test', trace)));
  const publish = <T extends TopicName>(topic: T, ...events: EventInput<T>[]): Promise<void> =>
    publishWithin(undefined, topic, ...events);
  /** What left through the outbox, oldest first, as it was committed. */
  const outgoing = async <T extends TopicName>(topic: T): Promise<EventOf<T>[]> => {
    const rows = await database.query<{ value: string }>(`select value from sent where topic = $1 order by id`, [
      topic,
    ]);
    return rows.map(({ value }) => readEvent(topic, value));
  };
  await database.query(
    `create table if not exists sent (id bigint primary key, topic text not null, value text not null)`,
  );
  await database.query(
    `create or replace function keep_sent() returns trigger language plpgsql as $$
     begin insert into sent values (new.id, new.topic, new.value); return null; end $$`,
  );
  await database.query(
    `create or replace trigger outbox_kept after insert on outbox for each row execute function keep_sent()`,
  );
  return {
    base,
    url,
    bus,
    database,
    service,
    request,
    publish,
    publishWithin,
    outgoing,
    close: async (): Promise<void> => {
      await service.close();
      await bus.close();
      await database.close();
    },
  };
};
export type Fixture = Awaited<ReturnType<typeof startFixture>>;

/** Groups of a simulated tenant: their ids, by name. */
export const makeGroups = async (
  { controlUrl }: { readonly controlUrl: string },
  groups: Readonly<Record<string, object>>,
): Promise<Record<string, string>> => {
  const ids: Record<string, string> = {};
  for (const [displayName, more] of Object.entries(groups)) {
    const answer = await fetch(`${controlUrl}/groups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ displayName, ...more }),
    });
    const body = (await answer.json()) as { id: string };
    if (!answer.ok) throw new Error(JSON.stringify(body));
    ids[displayName] = body.id;
  }
  return ids;
};

const clock = (): string => new Date().toISOString();

/** A collection as capture tells of it. */
export const collectionEvent = (
  id: string,
  changes: Partial<EventInput<typeof TOPICS.collection>> = {},
): EventInput<typeof TOPICS.collection> => ({
  collection: id,
  site: 'ABC',
  name: `Collection ${id}`,
  type: 'device',
  count: 2,
  state: 'ok',
  version: 10,
  changedAt: clock(),
  checkedAt: clock(),
  lastRead: proof(2),
  lastComplete: proof(2),
  sequence: Date.now(),
  ...changes,
});

const proof = (rows: number) => ({
  verdict: 'complete' as const,
  at: clock(),
  durationMs: 5,
  rows,
  distinct: rows,
  stated: rows,
  pages: 1,
  evaluatedMeanwhile: false,
  leaversConfirmed: 0,
});

type Result = EventInput<typeof TOPICS.membershipResult>;
type Outcome = Result['members'][number];

export const outcome = (resource: number, changes: Partial<Outcome> = {}): Outcome => ({
  resource,
  object: objectId(resource),
  name: `PC${String(resource).padStart(5, '0')}`,
  state: 'applied',
  wanted: true,
  attempts: 1,
  at: clock(),
  ...changes,
});

/** What a run counts. */
export const counts = (outcomes: Partial<Record<OutcomeKind, number>>): RunCounts => ({
  planned: Object.values(outcomes).reduce((sum, n) => sum + n, 0),
  joined: 0,
  outcomes: {
    ...Object.fromEntries(outcomeKind.options.map((kind) => [kind, 0])),
    ...outcomes,
  } as RunCounts['outcomes'],
  requests: 3,
  writes: 2,
  throttled: 0,
});
