import { randomUUID } from 'node:crypto';
import {
  encodeEvent,
  Publisher,
  STATE_MACHINES,
  targetOf,
  TOPICS,
  type Command,
  type EventOf,
  type Mapping,
  type MembershipSource,
  type OutgoingRecord,
  type TopicName,
} from '@collection-sync/core';
import { AdminService, noSignIn } from '@collection-sync/configmgr';
import { createLogger, Health, Metrics } from '@collection-sync/platform';
import { Database, migrate, Outbox } from '@collection-sync/postgres';
import { InProcessLocks } from '@collection-sync/redis';
import { startSimulator, type WorldInput } from '@collection-sync/simulator';
import { freshDatabase, readEvent, refuseOtherChanges } from '@collection-sync/testing';
import { actOnCommand } from '../src/command/act-on-commands.js';
import { captureMetrics } from '../src/metrics.js';
import type { CaptureContext } from '../src/context.js';
import { refreshIdentities } from '../src/identify/refresh-identities.js';
import { noticeChanges } from '../src/notice/notice-changes.js';
import { serve } from '../src/serve-collections.js';
import { DEFAULT_SETTINGS, type CaptureSettings } from '../src/settings.js';
import { type Claim, claimCollections, dueCollections, type DueTimes } from '../src/store/claims.js';
import { saveCommand } from '../src/store/commands.js';
import { saveTenant } from '../src/store/targets.js';
import { stampChangedIdentities } from '../src/identify/stamp-changed-identities.js';
import { capture } from '../src/service.js';
import { adoptMapping } from '../src/map/adopt-mapping.js';

export const TENANT = '7e57ab1e-0000-4000-8000-000000000001';
export const GROUP = '6a000000-0000-4000-8000-000000000001';
export const COLLECTION = 'ABC00014';
export const TARGET = targetOf(TENANT, GROUP);

/** Keeps what is published; refuses it while told to. */
class RecordingPublisher extends Publisher {
  records: OutgoingRecord[] = [];
  refuse: ((record: OutgoingRecord) => Error | undefined) | undefined;

  override async publish(records: readonly OutgoingRecord[]): Promise<void> {
    for (const record of records) {
      const error = this.refuse?.(record);
      if (error) throw error;
      this.records.push(record);
    }
  }
}

export const decoded = <T extends TopicName>(records: readonly OutgoingRecord[], topic: T): EventOf<T>[] =>
  records.filter((record) => record.topic === topic).map(({ value, headers }) => readEvent(topic, value, headers));

export const mappingOf = (change: Partial<Mapping> = {}): Mapping => ({
  target: TARGET,
  tenant: TENANT,
  group: GROUP,
  groupName: 'Group1',
  collection: COLLECTION,
  collectionName: '',
  collectionType: 'device',
  state: 'active',
  policy: {
    guard: { maxRemovals: 500, maxShare: 0.25, shareFrom: 50, neverEmptyFrom: 2, expiresAfterHours: 72 },
    withoutRecord: 'fail',
    otherTenant: 'fail',
    disabledObjects: 'keep',
    fullRuns: null,
    compareRuns: null,
  },
  schedule: { kind: 'manual' },
  version: 1,
  activated: 1,
  changedAt: new Date().toISOString(),
  changedBy: 'test',
  ...change,
});

export const mappingRecord = (change: Partial<Mapping> = {}): OutgoingRecord =>
  encodeEvent(TOPICS.mapping, mappingOf(change), 'status');

/** Claims what a replica finds due. */
export const claimDue = async (
  database: Database,
  { limit = 10, periodic = true, ...times }: Partial<DueTimes> & { limit?: number; periodic?: boolean } = {},
): Promise<Claim[]> => {
  const all = { claimMs: 60_000, retryMaxMs: 300_000, rowsPerSecond: 1e9, ...times };
  const due = (await dueCollections(database, limit, all)).filter((each) => periodic || !each.periodic);
  return claimCollections(
    database,
    randomUUID(),
    due.map(({ id }) => id),
    all,
  );
};

/** Capture on a real database, driven step by step, so that tests decide what happens when. */
export class CaptureHarness {
  readonly publisher = new RecordingPublisher();
  readonly context: CaptureContext;
  /** called at the named points of the service, which waits for it; what it throws is a crash there */
  atPoint: ((point: string) => void | Promise<void>) | undefined;
  #directory: { name: string; state: string; since: string } | undefined;
  #number = 0;
  #states: (() => Promise<unknown>)[] = [];

  constructor(
    readonly database: Database,
    source: MembershipSource,
    settings: Partial<CaptureSettings> = {},
    level = 'warn',
  ) {
    this.context = {
      database,
      source,
      outbox: new Outbox(database),
      publisher: this.publisher,
      locks: new InProcessLocks(),
      log: createLogger('capture', { level }),
      health: new Health(),
      metrics: captureMetrics(new Metrics('capture')),
      settings: {
        ...DEFAULT_SETTINGS,
        rowsPerSecond: 1e9,
        burstRows: 1e9,
        readPauseMs: 5,
        readAttempts: 2,
        retryMs: 0,
        onPoint: (name) => this.atPoint?.(name),
        ...settings,
      },
      wake: () => undefined,
    };
  }

  static async create(
    source: MembershipSource,
    settings: Partial<CaptureSettings> = {},
    level = 'warn',
  ): Promise<CaptureHarness> {
    const database = new Database({ url: await freshDatabase(), schema: 'capture', application: 'capture', max: 6 });
    await migrate(database, capture.migrations);
    await refuseOtherChanges(database, {
      command: { machine: STATE_MACHINES.capture_command },
      collection: { machine: STATE_MACHINES.collection },
    });
    return new CaptureHarness(database, source, settings, level);
  }

  /** Of a tenant whose mirror is ready, with one collection mapped, read and sent. */
  static async mapped(source: MembershipSource): Promise<CaptureHarness> {
    const harness = await CaptureHarness.create(source, { readAttempts: 1 }, 'silent');
    await harness.directory('ready');
    await harness.map();
    await harness.converge();
    return harness;
  }

  /** A tick of the site, whatever the time. */
  async tick(): Promise<void> {
    await this.database.query('update site set listed_at = null');
    await noticeChanges(this.context, AbortSignal.timeout(60_000)).catch(() => undefined);
  }

  /** Serves what is due until nothing is. */
  async work(rounds = 20): Promise<void> {
    while (await actOnCommand(this.context)) continue;
    while (await stampChangedIdentities(this.context)) continue;
    for (let round = 0; round < rounds; round += 1) {
      const claims = await claimDue(this.database, { periodic: false, retryMaxMs: 1 });
      if (claims.length === 0) return;
      for (const claim of claims) await serve(this.context, claim, AbortSignal.timeout(60_000));
    }
  }

  async converge(): Promise<void> {
    await this.tick();
    await this.work();
  }

  /** Reads a collection again although nothing seems to have changed. */
  async reread(collection = COLLECTION): Promise<void> {
    await this.database.query(
      'update collection set asked = asked + 1, retry_at = null, hold_until = null where id = $1',
      [collection],
    );
    await this.work();
  }

  async map(change: Partial<Mapping> = {}): Promise<Mapping> {
    this.#number += 1;
    const mapping = mappingOf({ version: this.#number, activated: this.#number, ...change });
    await adoptMapping(this.context, mapping);
    this.#states[0] = () => adoptMapping(this.context, mapping);
    return mapping;
  }

  async directory(state: 'loading' | 'ready' | 'unavailable', tenant = TENANT): Promise<void> {
    this.#number += 1;
    const now = new Date(Date.now() + this.#number).toISOString();
    const last = this.#directory;
    const since = last?.name === tenant && last.state === state ? last.since : now;
    this.#directory = { name: tenant, state, since };
    const event = {
      kind: 'directory',
      name: tenant,
      state,
      since,
      checkedAt: now,
      figures: {},
      sequence: this.#number,
    } as const;
    this.#states[1] = () => this.database.transaction((tx) => saveTenant(tx, event));
    await this.#states[1]();
  }

  /** What a process does at its start: it reads mapping and upstream again. */
  async repeatStates(): Promise<void> {
    for (const state of this.#states) await state?.();
  }

  /** The look of a tick at members without identity. */
  async refreshIdentities(): Promise<void> {
    await this.database.query('update site set looked_at = null, scanned_at = clock_timestamp()');
    await refreshIdentities(this.context, AbortSignal.timeout(60_000));
  }

  /** The daily look at all identities. */
  async refreshAllIdentities(): Promise<void> {
    await this.database.query('update site set looked_at = null, scanned_at = null');
    await refreshIdentities(this.context, AbortSignal.timeout(60_000));
  }

  async command(kind: Command['kind'], more: Partial<Command> = {}): Promise<string> {
    const id = randomUUID();
    const command: Command = {
      id,
      kind,
      target: TARGET,
      tenant: TENANT,
      group: GROUP,
      issuedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      by: 'test',
      ...more,
    };
    await this.database.transaction((tx) => saveCommand(tx, command));
    return id;
  }

  /** Chunks sent since the last time this was asked. */
  sent(): EventOf<typeof TOPICS.membershipDelta>[] {
    const records = this.publisher.records.splice(0);
    return decoded(records, TOPICS.membershipDelta);
  }

  /** Events in the outbox since the last time this was asked. */
  async published<T extends TopicName>(topic: T): Promise<EventOf<T>[]> {
    const rows = await this.database.query<OutgoingRecord>(
      'with gone as (delete from outbox where topic = $1 returning *) select * from gone order by id',
      [topic],
    );
    return decoded(rows, topic);
  }

  async members(collection = COLLECTION): Promise<number[]> {
    const rows = await this.database.query<{ resource: number }>(
      'select resource from membership where collection = $1 and present order by resource',
      [collection],
    );
    return rows.map(({ resource }) => resource);
  }

  async collection(id = COLLECTION): Promise<Record<string, unknown>> {
    const [row] = await this.database.query('select * from collection where id = $1', [id]);
    return row ?? {};
  }

  async target(target = TARGET): Promise<Record<string, unknown>> {
    const [row] = await this.database.query('select * from target where target = $1', [target]);
    return row ?? {};
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** A simulated site with a client for it and for its control API. */
export const simulatedSite = async (world: WorldInput | string = 'ten-step') => {
  const simulator = await startSimulator({ world });
  const site = new AdminService({
    url: simulator.adminServiceUrl,
    signIn: noSignIn,
    attempts: 2,
    firstPauseMs: 10,
    pageRows: 1_000,
  });
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${simulator.controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    simulator,
    site,
    control,
    switches: (adminService: Record<string, unknown>) => control('PATCH', '/switches', { adminService }),
    members: (members: (string | number)[], id = COLLECTION) =>
      control('PUT', `/collections/${id}/members`, { members }),
    close: async () => {
      await site.close();
      await simulator.close();
    },
  };
};
