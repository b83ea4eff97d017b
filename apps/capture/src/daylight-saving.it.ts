import { Database, migrate } from '@collection-sync/postgres';
import { freshDatabase } from '@collection-sync/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeSite } from '../test/fake-site.js';
import { CaptureHarness, claimDue } from '../test/harness.js';
import { runMaintenance } from './maintain/run-maintenance.js';
import { serve } from './serve-collections.js';
import { capture as service } from './service.js';

const STEP_MS = 10 * 60_000;

let capture: CaptureHarness;

/** A database whose clock the test sets: its schema of that name is looked through before the functions of the server. */
const withClock = async (): Promise<Database> => {
  const url = new URL(await freshDatabase());
  const server = new Database({ url: url.href, schema: 'test_clock', application: 'test', max: 1 });
  await server.query('create schema test_clock');
  await server.query('create table test_clock.clock as select pg_catalog.clock_timestamp() as at');
  await server.query(
    `create function test_clock.clock_timestamp() returns timestamptz language sql volatile as 'select at from test_clock.clock'`,
  );
  await server.close();
  url.searchParams.set('options', '-c search_path=capture,test_clock,pg_catalog');
  return new Database({ url: url.href, schema: 'capture', application: 'capture', max: 6 });
};

const setClock = (at: number): Promise<unknown> =>
  capture.database.query('update test_clock.clock set at = $1', [new Date(at)]);

/** Lets time pass in steps, with what capture does in each, and tells when the collection was read. */
const reads = async (from: string, to: string): Promise<string[]> => {
  const found: string[] = [];
  const signal = AbortSignal.timeout(120_000);
  for (let at = Date.parse(from); at <= Date.parse(to); at += STEP_MS) {
    await setClock(at);
    await runMaintenance(capture.context, signal);
    const claims = await claimDue(capture.database);
    for (const claim of claims) {
      if (claim.read) found.push(new Date(at).toISOString().slice(0, 16));
      await serve(capture.context, claim, signal);
    }
  }
  return found;
};

beforeEach(async () => {
  const site = new FakeSite();
  site.set([[1, 'de000000-0000-4000-8000-000000000001']]);
  const database = await withClock();
  await migrate(database, service.migrations);
  // no spread
  capture = new CaptureHarness(database, site, { tickMs: 1 }, 'silent');
});
afterEach(() => capture.close());

const mapAt = async (at: string): Promise<void> => {
  await setClock(Date.parse(at));
  await capture.directory('ready');
  await capture.map({ schedule: { kind: 'cron', expression: '30 2 * * *', timeZone: 'Europe/Berlin' } });
  await capture.converge();
};

it('reads once at an hour that comes twice, the first time that it comes', async () => {
  await mapAt('2026-10-23T12:00Z');
  expect(await reads('2026-10-23T12:00Z', '2026-10-27T06:00Z')).toEqual([
    '2026-10-24T00:30',
    '2026-10-25T00:30',
    // that day has 25 hours: the daily read comes an hour before
    '2026-10-26T00:30',
    '2026-10-26T01:30',
    '2026-10-27T01:30',
  ]);
});

it('reads once at the end of an hour that is left out, and at its hour on the next day', async () => {
  await mapAt('2026-03-27T12:00Z');
  expect(await reads('2026-03-27T12:00Z', '2026-03-31T06:00Z')).toEqual([
    '2026-03-28T01:30',
    // 02:30 is left out: at 03:00, the first moment after the hour
    '2026-03-29T01:00',
    '2026-03-30T00:30',
    '2026-03-31T00:30',
  ]);
});

it.each([
  ['2026-10-25T00:10Z', '2026-10-25T05:00Z'],
  ['2026-03-29T00:10Z', '2026-03-29T05:00Z'],
])('reads once afterwards when nobody ran from %s to %s', async (from, to) => {
  const before = new Date(Date.parse(from) - 20 * 3_600_000).toISOString();
  await mapAt(before);
  expect(await reads(before, from)).toEqual([]);
  expect(await reads(to, new Date(Date.parse(to) + 12 * 3_600_000).toISOString())).toEqual([to.slice(0, 16)]);
});
