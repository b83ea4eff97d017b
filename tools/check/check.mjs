import { step } from '../workspace/run.mjs';

// The graph first: without one, the rule of the boundaries is skipped with a mere notice.
const steps = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['graph of the projects', 'nx', ['graph', '--file=.nx/graph.json'], { env: { NX_DAEMON: 'false' } }],
  ['lint', 'eslint', ['--max-warnings', '0', '.']],
  ['no imports in a circle', 'node', ['tools/check/cycles.mjs']],
  ['proof that lint sees deliberate violations', 'node', ['tools/check/prove-rules.mjs']],
  ['build', 'tsc', ['-b']],
  ['generated docs', 'node', ['tools/docs.mjs', '--check']],
  ['types of tests', 'tsc', ['-p', 'tsconfig.tests.json']],
  ['types of the console', 'tsc', ['-p', 'apps/console']],
];

/** Format, lint with boundaries, and types: all of it, so that one look shows all that is wrong. Resolves with whether nothing is. */
export async function check() {
  const failed = [];
  for (const [title, command, args, options] of steps) {
    if ((await step(`check: ${title}`, command, args, options)) !== 0) failed.push(title);
  }
  if (failed.length > 0) console.error(`\ncheck failed: ${failed.join(', ')} (npm run format repairs the format)`);
  return failed.length === 0;
}
