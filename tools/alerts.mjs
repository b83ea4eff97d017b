import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { goProgram } from './go/programs.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { root, step } from './workspace/run.mjs';

// npm run test:alerts: every alert by promtool, built from its Go module: silent where all is well, silent just before its time, firing after.
await ensureInstalled();
await ensureBuilt('libs/core');
const { healthy, troubles } = await import('./alerts/situations.mjs');
const { spec } = parse(await readFile(join(root, 'deploy/prometheus/rules.yaml'), 'utf8'));
const rules = new Map(spec.groups.flatMap((group) => group.rules).map((rule) => [rule.alert, rule]));
const missing = [...rules.keys()].filter((name) => !(name in troubles));
if (missing.length > 0) throw new Error(`no situation in tools/alerts/situations.mjs for ${missing.join(', ')}`);

const seriesOf = (series) => Object.entries(series).map(([name, values]) => ({ series: name, values }));
const filled = (text, { labels, value }) =>
  text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, name) => labels[name]).replace('{{ $value }}', value);
const silent = (alertname, minutes) => ({ eval_time: `${minutes}m`, alertname, exp_alerts: [] });
const firing = (alertname, trouble) => {
  const { labels = {}, annotations } = rules.get(alertname);
  const shown = Object.entries(annotations).map(([name, text]) => [name, filled(text, trouble)]);
  const expected = { exp_labels: { ...labels, ...trouble.labels }, exp_annotations: Object.fromEntries(shown) };
  return { eval_time: `${trouble.after}m`, alertname, exp_alerts: [expected] };
};
const tests = [
  {
    name: 'all is well',
    interval: '1m',
    input_series: seriesOf(healthy),
    alert_rule_test: [...rules.keys()].flatMap((name) => [silent(name, 90), silent(name, 170)]),
  },
  ...Object.entries(troubles).map(([name, trouble]) => ({
    name,
    interval: '1m',
    input_series: seriesOf({ ...healthy, ...trouble.series }),
    alert_rule_test: [silent(name, trouble.quietUntil), firing(name, trouble)],
  })),
];

const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
const promtool = await goProgram('promtool');
await writeFile(join(folder, 'rules.yaml'), stringify(spec));
await writeFile(
  join(folder, 'tests.yaml'),
  stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests }, { aliasDuplicateObjects: false }),
);
let code = await step('the rules', promtool, ['check', 'rules', join(folder, 'rules.yaml')]);
code ||= await step('every alert, silent and firing', promtool, ['test', 'rules', join(folder, 'tests.yaml')]);
await rm(folder, { recursive: true });
console.log(code === 0 ? `\n${rules.size} alerts passed` : '\nalerts: FAILED');
process.exit(code);
