import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// The targets of every package, from what it has: a program for the compiler, sources to lint, tests. Those of the whole workspace are in
// tools/project.json.

const everything = ['{projectRoot}/**/*', '!{projectRoot}/dist/**'];
const compiler = ['{workspaceRoot}/tsconfig.base.json', { externalDependencies: ['typescript'] }];
const linter = [
  '{workspaceRoot}/eslint.config.mjs',
  '{workspaceRoot}/tools/check/*.mjs',
  '{workspaceRoot}/tsconfig.tests.json',
  { externalDependencies: ['eslint', 'typescript-eslint', '@nx/eslint-plugin'] },
];
const tests = [
  '{workspaceRoot}/vitest.config.ts',
  // some compare a page with the code
  '{workspaceRoot}/docs/**/*',
  { externalDependencies: ['vitest', 'unplugin-swc', '@swc/core'] },
];

const cached = (command, own, inputs, rest = {}) => ({
  command,
  cache: true,
  inputs: [...own, '^production', ...inputs],
  ...rest,
});

const targetsOf = (root, has) => ({
  lint: cached(`eslint --max-warnings 0 ${root}`, everything, [...compiler, ...linter], {
    dependsOn: ['^generate'],
    options: { env: { LINTED_FOLDER: root } },
  }),
  ...(has('tsconfig.json') && !has('vite.config.ts') && { build: compiled(root, has) }),
  ...(has('vite.config.ts') && {
    build: bundled(root),
    typecheck: cached(`tsc -p ${root}`, everything, compiler, { dependsOn: ['^generate'] }),
  }),
  ...(has('generate.mjs') && {
    generate: {
      command: `node ${root}/generate.mjs`,
      cache: true,
      inputs: ['production', { externalDependencies: ['openapi-typescript'] }],
      outputs: ['{projectRoot}/src/schema.ts'],
    },
  }),
  ...(has('src/**/*.spec.{ts,tsx}') && {
    unit: cached(`vitest run --project unit ${root}/src`, everything, tests, { dependsOn: ['^generate'] }),
  }),
  ...(has('src/**/*.it.ts') && {
    // on real services, so never from the cache: npm run services
    integration: { command: `vitest run --project integration ${root}/src`, dependsOn: ['^build', 'build'] },
  }),
});

const compiled = (root, has) =>
  cached(`tsc -b ${root}`, ['production'], compiler, {
    dependsOn: ['^build', ...(has('generate.mjs') ? ['generate'] : [])],
    outputs: ['{projectRoot}/dist'],
  });

const bundled = (root) =>
  cached(
    `vite build ${root} --logLevel warn`,
    ['production'],
    // the tour is a part of the console
    ['{workspaceRoot}/docs/tour.md', { externalDependencies: ['vite', '@vitejs/plugin-react'] }],
    {
      dependsOn: ['^generate'],
      outputs: ['{projectRoot}/dist'],
    },
  );

const infer = (file, _options, { workspaceRoot }) => {
  const root = dirname(file);
  const has = (pattern) =>
    pattern.includes('*')
      ? globSync(pattern, { cwd: join(workspaceRoot, root) }).length > 0
      : existsSync(join(workspaceRoot, root, pattern));
  return { projects: { [root]: { targets: targetsOf(root, has) } } };
};

/** Deliberate violations of the rules are projects only where the rules are proven (tools/check/prove-rules.mjs). */
const fixture = (file, _options, { workspaceRoot }) =>
  process.env.WITH_VIOLATIONS
    ? { projects: { [dirname(file)]: JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8')) } }
    : {};

export const name = 'infer-targets';
export const createNodesV2 = [
  '{{libs,apps}/*,e2e,bench,tools/check/violations/*}/{package,fixture}.json',
  (files, options, context) =>
    files.map((file) => [file, (file.endsWith('fixture.json') ? fixture : infer)(file, options, context)]),
];
