import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check/check.mjs';
import { readOutcome } from './test/outcome.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { root, run } from './workspace/run.mjs';

// npm test [-- --no-check] [-- filter …]: everything on a fresh machine. The last line is "N passed, N failed".
const args = process.argv.slice(2);
const filters = args.filter((argument) => argument !== '--no-check');
const results = join(root, 'test-results', 'vitest.json');

await ensureInstalled();
if (!args.includes('--no-check') && !(await check()))
  end({ passed: 0, failed: 0 }, 'no test was run: the check failed');

rmSync(results, { force: true });
const vitest = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...filters];
const code = await run('node', ['tools/services/cli.mjs', 'run', '--', ...vitest]);
const outcome = readOutcome(results);
if (!outcome) end({ passed: 0, failed: 0 }, 'no test was run: see above');
if (code !== 0 && outcome.failed === 0)
  end({ ...outcome, failed: 1 }, 'something failed outside of the tests: see above');
if (outcome.skipped > 0) end(outcome, `${outcome.skipped} tests were skipped: every test has to run`);
if (outcome.passed + outcome.failed === 0) end(outcome, 'no test was found');
end(outcome);

function end({ passed, failed }, problem) {
  if (problem) console.error(`\nnpm test: ${problem}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(problem || failed > 0 ? 1 : 0);
}
