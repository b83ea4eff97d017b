import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { constraints } from './tools/check/boundaries.mjs';
import { lintedProgram } from './tools/check/linted-program.mjs';

const tests = [
  '**/*.spec.ts',
  '**/*.spec.tsx',
  '**/*.it.ts',
  '{libs,apps}/*/test/**',
  '{libs,apps}/*/src/**/{testing,test-support}/**',
  'libs/testing/**',
  'e2e/**',
  'bench/**',
  'vitest.config.ts',
  'tools/**',
];
const everyTestRuns = ['it', 'test', 'describe'].flatMap((object) =>
  ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Every test runs.' })),
);
const restrictedImports = (...paths) => [
  'error',
  {
    paths: [
      { name: 'node:process', importNames: ['env'], message: 'Only libs/platform reads the environment.' },
      ...paths,
    ],
    patterns: [
      { group: ['**/test/*', '**/testing/*', '**/test-support/*'], message: 'Only tests use what is made for tests.' },
    ],
  },
];
const unmetered = {
  name: '@collection-sync/graph',
  importNames: ['GraphClient', 'GraphTenants'],
  message: 'Services call Graph by meteredGraph, so that every call is booked and fed back.',
};
const notForBrowsers = {
  name: '@collection-sync/core',
  message: 'Browsers load the console: it uses single modules of core, such as core/shown-text.',
};
const services = '{capture,resolver,writer,status}';
const violations = 'tools/check/violations';

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', '.nx', '.data', '.services', 'coverage', 'test-results', violations] },
  { linterOptions: { noInlineConfig: true } },
  tseslint.configs.recommended,
  prettier,
  {
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only libs/platform reads the environment.' },
        ...everyTestRuns,
      ],
      'no-restricted-imports': restrictedImports(),
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { project: [lintedProgram()], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: constraints(), enforceBuildableLibDependency: false },
      ],
    },
  },
  {
    files: [`apps/${services}/**/*.ts`, `${violations}/service/*.ts`],
    rules: { 'no-restricted-imports': restrictedImports(unmetered) },
  },
  {
    files: ['apps/console/**/*.ts', 'apps/console/**/*.tsx'],
    languageOptions: { parserOptions: { project: ['apps/console/tsconfig.json'] } },
    rules: { 'no-restricted-imports': restrictedImports(notForBrowsers) },
  },
  {
    files: tests,
    ignores: [`${violations}/**`],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: constraints({ tests: true }), enforceBuildableLibDependency: false },
      ],
    },
  },
  {
    files: tests,
    ignores: [`${violations}/**`],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Tests read the environment by readVariable and its like.' },
        ...everyTestRuns,
      ],
    },
  },
  {
    files: ['libs/testing/src/environment.ts', 'libs/platform/**', 'tools/**', 'e2e/**/*.mjs', 'deploy/image/**'],
    ignores: [`${violations}/**`],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': ['error', ...everyTestRuns],
    },
  },
);
