import { SERVICES, type ServiceName } from '@collection-sync/core';
import { eventually } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { whenStarted } from './installation.js';
import { playScenario } from './play-scenario.js';
import { startSystem, type DistributedSystem } from './system.js';

/** nobody signs in with a certificate here: define-service.spec.ts */
const WITHOUT_HERE = 'credential_end_timestamp_seconds';
let system: DistributedSystem;

beforeAll(async () => {
  system = await startSystem('distributed');
}, 120_000);
afterAll(() => system.close());

/** Series of our own metrics, by name, as a scrape of one service shows them. */
const scrape = async (service: ServiceName): Promise<{ declared: Set<string>; series: Map<string, string[]> }> => {
  const { url } = await whenStarted(service, system.processes[service]);
  const text = await (await fetch(`${url}/metrics`)).text();
  const declared = new Set([...text.matchAll(/^# TYPE collection_sync_(\S+)/gm)].map(([, name = '']) => name));
  const lines = text.split('\n').filter((line) => line.startsWith('collection_sync_'));
  return { declared, series: Map.groupBy(lines, nameOf) };
};

const nameOf = (line: string): string =>
  (/^collection_sync_(\w+)/.exec(line)?.[1] ?? '').replace(/_(bucket|sum|count)$/, '');

it('one run through the pipeline gives every metric the series that its help promises', async () => {
  const steps = await playScenario(system, () => undefined);
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  const without = async () => {
    const all = await Promise.all(SERVICES.map(async (service) => ({ service, ...(await scrape(service)) })));
    return all.flatMap(({ service, declared, series }) =>
      [...declared].filter((name) => name !== WITHOUT_HERE && !series.has(name)).map((name) => `${service} ${name}`),
    );
  };
  await eventually(async () => (await without()).length === 0, { deadline: 30_000, what: 'series' }).catch(async () => {
    expect(await without()).toEqual([]);
  });
}, 240_000);
