import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../workspace/run.mjs';

// Lints the deliberate violations and compares what is reported with the lines marked "// breaks <rule>". They are projects here alone, in a
// graph of its own.
process.env.NX_DAEMON = 'false';
process.env.NX_WORKSPACE_DATA_DIRECTORY = join(root, '.nx', 'violations');
process.env.WITH_VIOLATIONS = 'true';
const { createProjectGraphAsync } = await import('@nx/devkit');
await createProjectGraphAsync();
const { ESLint } = await import('eslint');

const eslint = new ESLint({ cwd: root, ignore: false });
const results = await eslint.lintFiles('tools/check/violations/*/*.ts');
const differences = [];
let proven = 0;

for (const { filePath, messages } of results) {
  const marked = marks(await readFile(filePath, 'utf8'));
  const reported = new Set(messages.map(({ line, ruleId }) => `${line} ${ruleId}`));
  const at = (mark) => `${relative(root, filePath)}:${mark.replace(' ', ': ')}`;
  for (const mark of marked) if (!reported.has(mark)) differences.push(`${at(mark)} was broken and not reported`);
  for (const mark of reported) if (!marked.has(mark)) differences.push(`${at(mark)} was reported and not broken`);
  proven += marked.size;
}

if (results.length === 0) differences.push('there are no violations to lint');
for (const difference of differences) console.error(difference);
if (differences.length === 0) console.error(`${proven} deliberate violations in ${results.length} files, all reported`);
process.exitCode = differences.length === 0 ? 0 : 1;

function marks(text) {
  const found = text.split('\n').flatMap((line, index) => {
    const rule = /\/\/ breaks (\S+)/.exec(line)?.[1];
    return rule ? [`${index + 1} ${rule}`] : [];
  });
  return new Set(found);
}
