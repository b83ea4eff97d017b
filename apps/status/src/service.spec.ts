import { describeEnvironment } from '@collection-sync/platform';
import { expect, it } from 'vitest';
import { status } from './service.js';

it('knows no variable of Redis: it holds no account there', () => {
  const names = describeEnvironment(status.environment).map(({ name }) => name);
  expect(names).toContain('KAFKA_BROKERS');
  expect(names.filter((name) => name.startsWith('REDIS'))).toEqual([]);
});
