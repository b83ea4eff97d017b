import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check/check.mjs';
import { describeNeeds, findNeeds, machine, NEEDS } from './test/needs.mjs';
import { readOutcome } from './test/outcome.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { nodeFlags, root, runNode } from './workspace/run.mjs';

// npm test [-- --no-check] [-- filter …]: everything on a fresh machine. The last line is "N passed, N failed".
const args = process.argv.slice(2);
const filters = args.filter((argument) => argument !== '--no-check');
const report = join(root, 'test-results', 'vitest.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const vitest = ['node', ...nodeFlags, 'node_modules/vitest/vitest.mjs', 'run', ...reporters, ...filters];

const needs = findNeeds(NEEDS, machine);
console.log(describeNeeds(needs).join('\n'));
if (filters.length === 0 && needs.some(({ missing }) => missing))
  end({ passed: 0, failed: 0 }, 'no test was run: this machine lacks what is named above');

await ensureInstalled();
if (args.includes('--no-check')) await ensureBuilt();
else if (!(await check())) end({ passed: 0, failed: 0 }, 'no test was run: the check failed');

rmSync(report, { force: true });
const code = await runNode('libs/testing/dist/services/cli.js', ['run', '--', ...vitest]);
const outcome = readOutcome(report);
if (!outcome) end({ passed: 0, failed: 0 }, 'no test was run: see above');
if (outcome.passed + outcome.failed === 0) end(outcome, 'no test was found');
if (outcome.skipped > 0 && filters.length === 0)
  end(outcome, `${outcome.skipped} tests were skipped: every test has to run`);
if (code !== 0 && outcome.failed === 0)
  end({ ...outcome, failed: 1 }, 'something failed outside of the tests: see above');
end(outcome);

function end({ passed, failed }, problem) {
  if (problem) console.error(`\nnpm test: ${problem}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(problem || failed > 0 ? 1 : 0);
}
