import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutants } from './mutants/list.mjs';
import { endWithUsage } from './workspace/command-line.mjs';
import { ensureInstalled } from './workspace/install.mjs';

const USAGE = `Applies each fault of a list by itself, runs the tests that must notice it, and prints which one did.

  npm run mutants [-- WORD …]   those whose names have all the words

Ends with 1 when nothing noticed one that has no reason, when no test ran, or when a fault does not fit the source any more.
\`npm run services -- up\` makes it quick.`;

const words = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => words.every((word) => name.includes(word)));
endWithUsage(USAGE, chosen.length === 0 && `no fault has all of these words: ${words.join(' ')}`);

await ensureInstalled();

const report = join(await mkdtemp(join(tmpdir(), 'mutants-')), 'report.json');

const runTests = async (tests) => {
  await rm(report, { force: true });
  const args = ['vitest', 'run', '--bail', '1', '--maxWorkers', '1', '--reporter', 'json', '--outputFile', report];
  const child = spawn('npx', [...args, ...tests], { stdio: 'ignore' });
  const [code] = await once(child, 'close');
  return { passed: code === 0, killer: await killerIn(report) };
};

const killerIn = async (path) => {
  const { testResults } = JSON.parse(await readFile(path, 'utf8'));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
  return failed[0];
};

let broken;
const restore = async () => {
  if (broken) await writeFile(broken.file, broken.source);
  broken = undefined;
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void restore().finally(() => process.exit(130)));

let bad = 0;
for (const { name, file, from, to, tests, why } of chosen) {
  const source = await readFile(file, 'utf8');
  if (source.split(from).length !== 2) {
    bad += 1;
    console.log(`STALE     ${name}: ${file} does not have this text once`);
    continue;
  }
  broken = { file, source };
  await writeFile(
    file,
    source.replace(from, () => to),
  );
  const { passed, killer } = await runTests(tests).finally(restore);
  if (passed ? !why : !killer) bad += 1;
  // a file that does not load, or a hook that fails, says nothing of the fault
  if (!passed && !killer) console.log(`NOT RUN   ${name}: no test of ${tests.join(', ')} ran`);
  else console.log(passed ? `SURVIVED  ${name}${why ? ` (${why})` : ''}` : `killed    ${name}: ${killer}`);
}
console.log(`${chosen.length} faults, ${bad} to look at`);
process.exit(bad > 0 ? 1 : 0);
