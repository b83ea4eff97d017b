import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

const shared = {
  plugins: [
    swc.vite({
      module: { type: 'es6' },
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    }),
  ],
  ssr: { resolve: { conditions: ['@collection-sync/source'] } },
  resolve: { conditions: ['@collection-sync/source'] },
};

const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{libs,apps}/*/src/**/*.spec.ts', 'tools/**/*.spec.mjs'],
          exclude,
          // ends what hangs; work on a busy machine takes ten times as long
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{libs,apps}/*/src/**/*.it.ts', 'e2e/src/**/*.it.ts'],
          exclude,
          globalSetup: './libs/testing/src/global-setup.ts',
          // kafkajs sets timers in the past: https://github.com/tulios/kafkajs/issues/1751
          execArgv: ['--disable-warning=TimeoutNegativeWarning'],
          setupFiles: './libs/testing/src/setup-file.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
