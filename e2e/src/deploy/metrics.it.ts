import { SERVICES } from '@collection-sync/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { whenStarted } from '../installation.js';
import { startSystem, type DistributedSystem } from '../system.js';
import { ROOT } from './manifests.js';

interface Rules {
  spec: { groups: { rules: { alert: string; expr: string; annotations: { runbook_url: string } }[] }[] };
}
interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const rules = (parse(read('deploy/prometheus/rules.yaml')) as Rules).spec.groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('deploy/grafana/dashboard.json')) as Dashboard;

const { homepage } = JSON.parse(read('package.json')) as { homepage: string };

let system: DistributedSystem;
let exported: Set<string>;

beforeAll(async () => {
  system = await startSystem('distributed');
  const texts = await Promise.all(
    SERVICES.map(async (name) => {
      const { url } = await whenStarted(name, system.processes[name]);
      return (await fetch(`${url}/metrics`)).text();
    }),
  );
  exported = new Set(texts.flatMap((text) => [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(seriesOf)));
}, 120_000);

afterAll(() => system.close());

const seriesOf = ([, name = '', type]: RegExpMatchArray): string[] =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];

const metricsIn = (expression: string): string[] =>
  expression.match(/\b(collection_sync|process|nodejs)_[a-z0-9_]+/g) ?? [];

it('every alert asks for metrics that a service exports, and has a runbook', () => {
  const runbooks = read('docs/operations.md').toLowerCase();
  for (const { alert, expr, annotations } of rules) {
    expect(metricsIn(expr), alert).not.toEqual([]);
    for (const name of metricsIn(expr)) expect(exported, `${alert} asks for ${name}`).toContain(name);
    expect(annotations.runbook_url).toBe(`${homepage}/blob/main/docs/operations.md#${alert.toLowerCase()}`);
    expect(runbooks, alert).toContain(`### ${alert.toLowerCase()}`);
  }
});

it('every panel shows metrics that a service exports', () => {
  for (const { title, targets = [] } of dashboard.panels) {
    for (const name of targets.flatMap(({ expr }) => metricsIn(expr)))
      expect(exported, `${title} shows ${name}`).toContain(name);
  }
});
