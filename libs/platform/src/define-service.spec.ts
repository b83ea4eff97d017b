import { AppError, Part, type Publisher } from '@collection-sync/core';
import { afterEach, expect, it, vi } from 'vitest';
import { defineService } from './define-service.js';
import { Health } from './health.js';
import { silentLogger } from './logger.js';
import { Metrics } from './metrics.js';
import type { RunningService } from './run-service.js';
import { StubTransport } from '../test/stub-transport.js';

const publisher: Publisher = { publish: () => Promise.resolve() };
const story: string[] = [];
const idle = { start: () => undefined, stop: () => Promise.resolve() };
const running: RunningService[] = [];

const database = Part.define({
  make: () => ({
    outbox: 'the outbox',
    migrate: async () => void story.push('migrated'),
    relay: () => idle,
    outboxLag: async () => ({ rows: 2, oldestSeconds: 9 }),
  }),
  close: async () => void story.push('database closed'),
});
const bus = Part.define({
  make: () => ({
    publisher,
    work: () => new StubTransport('work', story),
    state: () => new StubTransport('state', story),
    lag: async () => new Map([['command.v1', 4]]),
  }),
  close: async () => void story.push('bus closed'),
});

const service = defineService({
  name: 'test',
  parts: { settings: Part.of({ quick: true }), database, bus, http: Part.of(undefined) },
  migrations: new URL('file:///migrations/'),
  metrics: () => ({}),
  handlers: [],
  workers: () => [],
});

const start = async (from: typeof service) => {
  const health = new Health();
  const metrics = new Metrics('test');
  const started = await from.start(silentLogger(), { source: {}, health, metrics });
  running.push(started);
  return { health, metrics, started };
};

afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
  story.length = 0;
});

it('migrates before it consumes, and closes its parts after it', async () => {
  const { started } = await start(service);
  expect(story).toEqual(['migrated', 'state listens', 'work listens']);
  story.length = 0;
  await started.close();
  expect(story.slice(-2)).toEqual(['bus closed', 'database closed']);
});

it('says since when an outside part is away, why, and when it last worked', async () => {
  let away = true;
  const outside = Part.define({
    uses: { bus },
    make: ({ uses }) => uses.bus,
    outside: () => [
      {
        name: 'kafka',
        check: async () => {
          if (away) throw new AppError('BUS_UNAVAILABLE', 'Kafka does not answer.');
        },
      },
    ],
  });
  const { health, metrics } = await start(service.with({ bus: outside }));
  const part = () => health.report().parts['kafka'];
  await vi.waitFor(() => expect(part()).toMatchObject({ state: 'waiting', detail: 'Kafka does not answer.' }));
  expect(part()?.lastSuccess).toBeUndefined();
  expect(health.ready()).toBe(true);
  expect(await metrics.text()).toContain('collection_sync_part_ok{part="kafka",service="test"} 0');
  away = false;
  await vi.waitFor(() => expect(part()?.state).toBe('ok'), { timeout: 5_000 });
  expect(part()?.lastSuccess).toBe(part()?.since);
});

it('tells when the credential for an outside part ends, where that is known', async () => {
  const ends = async () => new Date('2027-01-01T00:00:00Z');
  const check = () => Promise.resolve();
  const outside = Part.define({
    uses: { bus },
    make: ({ uses }) => uses.bus,
    outside: () => [
      { name: 'graph a', check, ends },
      { name: 'graph b', check },
    ],
  });
  const { metrics } = await start(service.with({ bus: outside }));
  await vi.waitFor(async () => {
    const lines = (await metrics.text())
      .split('\n')
      .filter((line) => line.includes('credential_end_timestamp_seconds{'));
    expect(lines).toEqual([
      'collection_sync_credential_end_timestamp_seconds{part="graph a",service="test"} 1798761600',
    ]);
  });
});

it('measures outbox and lag without anybody asking for metrics', async () => {
  const { metrics } = await start(service);
  await vi.waitFor(async () => {
    const text = await metrics.text();
    expect(text).toContain('collection_sync_outbox_records{service="test"} 2');
    expect(text).toContain('collection_sync_outbox_oldest_seconds{service="test"} 9');
    expect(text).toContain('collection_sync_bus_lag_records{service="test",topic="command.v1"} 4');
  });
});
